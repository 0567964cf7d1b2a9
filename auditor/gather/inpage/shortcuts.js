// What single characters do while nothing has the focus. Real key presses come from outside. Needs look.js.
// Takes {step}. scripts: a fingerprint of what could answer them, empty if nothing could. begin: starts to watch; seen: whether anything changed since the last call, and takes the focus back;
// end: stops watching, puts back what was typed into fields, and tells whether nothing else is left of it.
async ({ step }) => {
  const kit = globalThis[Symbol.for('auditor')];
  const { twoFrames } = kit;
  const FIELDS = 'input,textarea,select';
  if (step === 'scripts') {
    const runs = [...document.scripts].filter((one) => !one.type || one.type === 'module' || /(java|ecma)script/i.test(one.type));
    const heard = [...document.querySelectorAll('[onkeydown],[onkeypress],[onkeyup]')].map((one) => one.cloneNode(false).outerHTML);
    if (!runs.length && !heard.length) return '';
    const print = kit.printOf([...runs.map((one) => one.src || one.textContent), ...heard].join('\n'));
    return `${runs.length} ${heard.length} ${print}`;
  }
  if (step === 'begin') {
    document.activeElement?.blur?.();
    const notes = kit.shortcuts = { href: location.href, changed: false, values: [...document.querySelectorAll(FIELDS)].slice(0, 500).map((field) => [field, field.value]) };
    notes.observer = new MutationObserver(() => { notes.changed = true; });
    notes.observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    return true;
  }
  const notes = kit.shortcuts;
  await twoFrames();
  if (step === 'seen') {
    const focused = document.activeElement && document.activeElement !== document.body && document.activeElement !== document.documentElement;
    const answer = notes.changed || notes.observer.takeRecords().length > 0 || !!focused || location.href !== notes.href;
    if (focused) document.activeElement.blur();
    if (answer) await twoFrames();
    notes.observer.takeRecords();
    notes.changed = false;
    return answer;
  }
  notes.observer.disconnect();
  for (const [field, value] of notes.values) if (field.isConnected && field.value !== value) field.value = value;
  delete kit.shortcuts;
  return location.href === notes.href;
}
