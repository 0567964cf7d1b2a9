// Finds a cookie or consent banner. Needs look.js. With {dismiss: true} it also presses the button that says no
// (else the one that only closes) and tells which. Returns null if there is no banner.
({ dismiss }) => {
  const { describe, isVisible, clean, refresh } = globalThis[Symbol.for('auditor')];
  refresh();
  const ABOUT = /\b(kakor|cookies?|samtycke|consent)\b/i;
  const NO = /\b(avvisa|neka|avböj|endast nödvändiga|bara nödvändiga|godkänn nödvändiga|acceptera nödvändiga|reject|decline|refuse|deny|only necessary|necessary only)\b/i;
  const CLOSE = /^(stäng|close|×|x|ok|jag förstår|i understand|okej)$/i;
  const stays = (element) => {
    for (let up = element, steps = 0; up && steps < 4; up = up.parentElement, steps += 1) {
      const style = getComputedStyle(up);
      if (/fixed|sticky/.test(style.position) || up.matches('dialog[open],[role=dialog],[role=alertdialog],[aria-modal=true]')) return true;
    }
    return false;
  };
  const buttons = [...document.querySelectorAll('button,[role=button],input[type=button],a[role=button],a.button,a.btn')].filter(isVisible);
  for (const button of buttons) {
    let box = button.parentElement;
    while (box && box !== document.body && !(ABOUT.test(box.textContent) && clean(box.textContent).length > 30)) box = box.parentElement;
    if (!box || box === document.body || clean(box.textContent, 5000).length > 3000 || !stays(box)) continue;
    while (box.parentElement && box.parentElement !== document.body && /fixed|sticky/.test(getComputedStyle(box.parentElement).position)) box = box.parentElement;
    const rect = box.getBoundingClientRect();
    const across = Math.max(0, Math.min(rect.right, innerWidth) - Math.max(rect.left, 0));
    const down = Math.max(0, Math.min(rect.bottom, innerHeight) - Math.max(rect.top, 0));
    const fact = describe(box, { position: getComputedStyle(box).position, is_banner: true, share: Math.round(across * down / (innerWidth * innerHeight) * 1000) / 1000 });
    if (!dismiss) return fact;
    const own = buttons.filter((other) => box.contains(other));
    const label = (other) => clean(other.textContent || other.value || other.getAttribute('aria-label'));
    const choice = own.find((other) => NO.test(label(other))) || own.find((other) => CLOSE.test(label(other)));
    if (choice) choice.click();
    return { ...fact, pressed: choice ? label(choice) : '' };
  }
  return null;
}
