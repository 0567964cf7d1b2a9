// Presses one filter of a page of search results. Needs look.js. Takes {step}. press: chooses it and presses it, gives what it
// is; told: the text of the main content, of what is announced, and of what has the focus.
({ step }) => {
  const kit = globalThis[Symbol.for('auditor')];
  const { clean, describe, isVisible, nameOf } = kit;
  const LIMIT = 60000, COUNTED = /\(\s*\d+\s*\)\s*$|\b\d+$/;
  kit.refresh();
  const main = document.querySelector('main,[role=main]') || document.body;
  if (step === 'told') {
    const live = [...document.querySelectorAll('[role=status],[role=alert],[role=log],[aria-live]')]
      .filter((one) => one.getAttribute('aria-live') !== 'off' && one.checkVisibility({ visibilityProperty: true }) && !one.closest('[aria-hidden=true],[inert]'));
    const focus = document.activeElement;
    return {
      text: clean(main.innerText, LIMIT), live: live.map((one) => clean(one.textContent, 500)),
      focus: focus && focus !== document.body && focus !== globalThis.auditorFilter ? clean(focus.innerText, 500) : '',
    };
  }
  const SURE = /filter|filtr[ae]|avgräns|förfina|facet|refine/i;
  /** Stands among what says of itself that it filters. */
  const filters = (element) => {
    for (let up = element.parentElement, steps = 0; up && up !== document.body && steps < 5; up = up.parentElement, steps += 1) {
      if (SURE.test(`${up.id} ${up.getAttribute('class') || ''} ${up.getAttribute('aria-label') || ''}`)) return true;
      if (up.localName === 'fieldset' && SURE.test(up.querySelector('legend')?.textContent || '')) return true;
    }
    return false;
  };
  const choices = [...document.querySelectorAll('input[type=checkbox],input[type=radio],button[aria-pressed=false],[role=tab][aria-selected=false]')].slice(0, 300)
    .filter((one) => !one.checked && !one.disabled && !(one.type === 'submit' && one.form) && (isVisible(one) || (one.labels?.[0] && isVisible(one.labels[0]))) && !one.closest('footer'));
  const chosen = choices.find((one) => filters(one) && COUNTED.test(nameOf(one)[0])) || choices.find(filters);
  if (!chosen) return null;
  globalThis.auditorFilter = chosen;
  chosen.focus();
  chosen.click();
  return describe(chosen, { visible: true });
}
