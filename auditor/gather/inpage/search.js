// Steps of asking the site's search, one per call. Needs look.js. Takes {step, field, opener, button, toggles}; presses no key.
async ({ step, field: selector, opener, button, toggles }) => {
  const kit = globalThis[Symbol.for('auditor')];
  const { clean, describe, isVisible, roleOf, selectorOf, styleOf, boxOf, saysSearch } = kit;
  kit.refresh();
  const memory = (kit.search ??= { seen: null, choices: [], looks: [], made: null });
  const field = selector ? document.querySelector(selector) : memory.made?.isConnected ? memory.made : step === 'open' ? await broughtBy(document.querySelector(opener)) : null;
  if (!field) return null;
  const CHOICES = '[role=option],[role=menuitem],li,a[href],tr,[class*=suggest i] *,[class*=autocomplete i] *,[class*=typeahead i] *';
  const shown = () => [...document.querySelectorAll(CHOICES)].slice(0, 5000).filter(isVisible);
  const look = (element) => `${element.className} ${element.getAttribute('aria-selected')} ${styleOf(element).backgroundColor} ${styleOf(element).outlineStyle}`;
  /** How many characters of its own font fit into the field, counted in Swedish letters of average width. */
  const characters = () => {
    const style = styleOf(field), pen = document.createElement('canvas').getContext('2d');
    const LETTERS = 'eeaaannrttssdiiloggkmvfuhpåäöb ';
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const width = pen.measureText(LETTERS).width / LETTERS.length || parseFloat(style.fontSize) / 2;
    const spacing = parseFloat(style.letterSpacing) || 0;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return Math.max(0, Math.floor(room / (width + spacing)));
  };
  /** What the page says and where it is, without the choices that hang under the field. */
  const state = () => {
    const main = document.querySelector('main,[role=main]') || document.body;
    let text = clean(main?.innerText, 60000);
    for (const choice of memory.choices) if (choice.isConnected) text = text.replace(clean(choice.innerText, 2000), '');
    return `${location.href}\n${clean(text, 60000)}`;
  };

  const CLEARS = /(^|[^a-zåäö])(clear|reset|close|cancel|rensa|töm|stäng|avbryt)/i;
  const clears = (element) => element.type === 'reset' || CLEARS.test(`${element.className} ${element.getAttribute('aria-label') || ''} ${element.getAttribute('title') || ''} ${clean(element.textContent, 40)}`);

  if (step === 'open') {
    for (const toggle of toggles) {
      if (isVisible(field)) break;
      document.querySelector(toggle)?.click();
      await new Promise((resolve) => setTimeout(resolve, 300));
      kit.refresh();
    }
    if (!isVisible(field) || field.disabled || field.readOnly) return null;
    field.focus();
    field.select?.();
    memory.seen ??= new Set(shown());   // as it was before anything was typed, however often the field is opened
    return { fact: describe(field, { text: '' }), focused: document.activeElement === field, state: state() };
  }
  if (step === 'state') return state();
  if (step === 'focused') return document.activeElement === field;
  if (step === 'typed') {
    const near = boxOf(field), bottom = near.y + near.height;
    memory.seen ??= new Set(shown());   // another document has come since: nothing is new in it
    const news = shown().filter((element) => !memory.seen.has(element) && !element.contains(field));
    const close = news.filter((element) => {
      const box = boxOf(element);
      return box.y >= near.y - 5 && box.y < bottom + 500 && box.x < near.x + near.width + 200 && box.x + box.width > near.x - 200;
    });
    // The outermost of what is new stands for a choice; links and options within it belong to it.
    const outer = close.filter((element) => !close.some((other) => other !== element && other.contains(element)));
    const options = close.filter((element) => roleOf(element) === 'option');
    memory.choices = options.length ? options : outer.filter((element) => clean(element.textContent));
    memory.looks = memory.choices.map(look);
    const holder = field.closest('[role=combobox]') || field;
    const named = (field.getAttribute('aria-controls') || field.getAttribute('aria-owns') || holder.getAttribute('aria-controls')
      || holder.getAttribute('aria-owns') || '').split(/\s+/).map((id) => document.getElementById(id)).find(Boolean);
    const first = memory.choices[0];
    return {
      choices: memory.choices.length, first: clean(first?.textContent, 120), characters: characters(),
      field_role: field.getAttribute('role') || (holder !== field ? 'combobox' : ''),
      expanded: field.getAttribute('aria-expanded') ?? holder.getAttribute('aria-expanded') ?? '',
      popup_role: named ? roleOf(named) : '', option_role: first ? roleOf(first) : '',
      links: news.filter((element) => element.localName === 'a').map((link) => link.href).slice(0, 100),
      tabbable: memory.choices.some((choice) => choice.tabIndex >= 0 || [...choice.querySelectorAll('a[href],button')].some((inner) => inner.tabIndex >= 0)),
    };
  }
  if (step === 'arrow') {
    const active = (document.activeElement?.getAttribute('aria-activedescendant') || '').trim();
    const target = active && document.getElementById(active);
    const holds = (element) => memory.choices.some((choice) => choice.contains(element));
    if (target && holds(target)) return 'active';
    if (document.activeElement !== field && holds(document.activeElement)) return 'focus';
    return memory.choices.some((choice, index) => look(choice) !== memory.looks[index]) ? 'marked' : '';
  }
  if (step === 'press') {
    const told = button && document.querySelector(button);
    const press = told && !clears(told) ? told : nearButton();
    if (!press || !isVisible(press)) return null;
    press.click();
    return selectorOf(press);
  }
  /** The field that comes to light when *press* is pressed, if it can only be a search. What sends a form is not pressed. */
  async function broughtBy(press) {
    if (!press || !isVisible(press) || press.closest('form')) return null;
    const fields = () => [...document.querySelectorAll('input')].filter((input) => /^(search|text)$/.test(input.type) && isVisible(input));
    const before = new Set(fields());
    press.click();
    for (let waited = 0; waited < 10; waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      kit.refresh();
      const news = fields().filter((input) => !before.has(input) && isSearch(input));
      if (news.length) return (memory.made = news.find((input) => input === document.activeElement) || news[0]);
    }
    return null;
  }
  function isSearch(input) {
    const says = input.type === 'search' || input.closest('search,[role=search]') || saysSearch(input) || /s[öo]k|search/i.test(`${input.name} ${input.placeholder} ${kit.nameOf(input)[0]}`);
    const form = input.form;
    return says && (!form || (new URL(form.action || location.href, location.href).host === location.host && !form.querySelector('textarea,input[type=password],input[type=email],input[type=tel],input[type=file]')));
  }
  /** A button beside the field that says that it searches, where there is no form. */
  function nearButton() {
    for (let up = field.parentElement, steps = 0; up && up !== document.body && steps < 3; up = up.parentElement, steps += 1) {
      const found = [...up.querySelectorAll('button,[role=button],input[type=button]')].find((one) => saysSearch(one) && !clears(one) && isVisible(one));
      if (found) return found;
    }
    return null;
  }
  return null;
}
