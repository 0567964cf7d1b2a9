// What the keyboard meets. Real key presses come from outside; this script notes what each of them does. Needs look.js.
// Takes {step, …}; between the steps, notes are kept in our own world. Steps:
//   begin {limit}        gives {count}: how many stops are to be expected
//   first                moves the focus to the first stop; a real key press before it makes :focus-visible apply
//   end {extra, back}    gives {stops, sequence, expected, skip}; measures up to *extra* kinds of element besides
//   bring {selector, inner}  scrolls to an element that does not stand free in view, with no focus anywhere; gives
//                        {moved, scroll, size}, null if there is none
//   focus {selector, inner, stay}  gives an element the focus, in the middle of the screen, or where it stands; gives
//                        {focused, scroll}; blur: takes it from whatever has it
//   where                gives the selector of what has focus
//   foremost {selectors} describes the one of them that comes first in the document
//   skip {selector}      gives a skip link the focus; landed {patient}: what came of following it, given time if *patient*
//   restore              takes focus, position and address back; gives {restored, taker}: whether the page is as it was,
//                        and the stop that took the focus back, if one did
async (given) => {
  const kit = globalThis[Symbol.for('auditor')];
  const { describe, isVisible, mayAnswer, printOf, selectorOf, styleOf, twoFrames } = kit;
  const notes = (kit.keyboard ??= {});

  const FRAME = 12;      // pixels around an element within which most indicators of focus are drawn
  const FOCUSABLE = 'a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,iframe,audio[controls],video[controls],[tabindex],[contenteditable]';
  /** What has focus, within shadow trees too; null for the page itself. */
  const active = () => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element === document.body || element === document.documentElement ? null : element;
  };
  /** The element of the document that stands for one in a shadow tree. */
  const outer = (element) => {
    while (element && element.getRootNode() !== document) element = element.getRootNode().host;
    return element;
  };
  const canStop = (element) => element.tabIndex >= 0 && !element.matches(':disabled') && !element.closest('[inert]')
    && element.checkVisibility({ visibilityProperty: true })
    && !(element.localName === 'summary' && element !== element.parentElement?.querySelector(':scope > summary'));
  /** Where Tab is expected to stop, in order. */
  const candidates = () => {
    const groups = new Set();
    const stops = [...document.querySelectorAll(FOCUSABLE)].filter((element) => {
      if (!canStop(element)) return false;
      if (element.localName !== 'input' || element.type !== 'radio' || !element.name) return true;
      const group = `${element.form ? selectorOf(element.form) : ''} ${element.name}`;
      if (groups.has(group)) return false;
      groups.add(group);
      return true;
    });
    const key = (element) => (element.tabIndex > 0 ? element.tabIndex : Infinity);
    return stops.map((element, index) => [element, index]).sort(([a, i], [b, j]) => (key(a) === key(b) ? i - j : key(a) - key(b))).map(([element]) => element);
  };

  // What a focus indicator may change. Lines of no width and colours that nobody sees count as none.
  const PLAIN = ['color', 'backgroundColor', 'backgroundImage', 'backgroundPosition', 'backgroundSize', 'opacity', 'visibility', 'display',
    'transform', 'translate', 'scale', 'rotate', 'filter', 'backdropFilter', 'clipPath', 'fontWeight', 'fontSize', 'textDecorationLine', 'textDecorationColor',
    'textDecorationStyle', 'textDecorationThickness', 'textUnderlineOffset', 'textShadow', 'left', 'top', 'right', 'bottom', 'width', 'height', 'fill', 'stroke', 'strokeWidth', 'zIndex', 'clip', 'content'];
  const unseen = (colour) => colour === 'transparent' || /^rgba\(.*, 0\)$|\/ 0\)$/.test(colour);
  const line = (style, name) => {
    const width = style[`${name}Width`], kind = style[`${name}Style`], colour = style[`${name}Color`];
    return kind === 'none' || kind === 'hidden' || parseFloat(width) === 0 || unseen(colour) ? '' : `${width} ${kind} ${colour}`;
  };
  const shadows = (style) => style.boxShadow === 'none' ? ''
    : style.boxShadow.split(/,(?![^(]*\))/).filter((one) => !unseen((one.match(/(rgba?|color|oklab|oklch)\([^)]*\)/) || [''])[0]) && !/ 0px 0px 0px 0px( inset)?$/.test(one)).join();
  const look = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    if (pseudo && (style.content === 'none' || style.content === 'normal')) return '';
    const outline = line(style, 'outline');
    return [outline && `${outline} ${style.outlineOffset}`, shadows(style), ...['borderTop', 'borderRight', 'borderBottom', 'borderLeft'].map((side) => line(style, side)),
      ...PLAIN.map((name) => style[name])].join('|');
  };
  const own = (element) => [look(element, null), look(element, '::before'), look(element, '::after')].join('¶');
  /** What may show the focus instead of the element: what is around it, in it, after it, and its labels. */
  const surroundings = (element) => {
    const near = new Set();
    for (let up = element.parentElement, steps = 0; up && up !== document.body && steps < 4; up = up.parentElement, steps += 1) near.add(up);
    for (const inner of [...element.querySelectorAll('*')].slice(0, 12)) near.add(inner);
    for (let next = element.nextElementSibling, steps = 0; next && steps < 4; next = next.nextElementSibling, steps += 1) {
      near.add(next);
      for (const inner of [...next.querySelectorAll('*')].slice(0, 4)) near.add(inner);
    }
    if (element.previousElementSibling) near.add(element.previousElementSibling);
    for (const label of element.labels || []) near.add(label);
    return [...near];
  };
  const WRITES = /^(text|search|email|tel|url|password|number|date|time|datetime-local|month|week)$/;
  /** A field with a text cursor that can be seen, or a field with parts that the browser marks itself. */
  const hasCaret = (element) => ((element.localName === 'input' && WRITES.test(element.type)) || element.localName === 'textarea' || element.isContentEditable)
    && !element.readOnly && !unseen(getComputedStyle(element).caretColor);

  /** How much of the element lies under what stays in view while the page scrolls, and under which element. */
  const cover = (element) => {
    const box = element.getBoundingClientRect();
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth), top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right - left < 1 || bottom - top < 1) return { covered: 0, covered_by: '', in_view: false };
    let hits = 0, seen = 0, by = '';
    for (const across of [0.1, 0.3, 0.5, 0.7, 0.9]) for (const down of [0.1, 0.5, 0.9]) {
      const over = document.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
      seen += 1;
      if (!over || over === element || element.contains(over) || over.contains(element) || [...(element.labels || [])].some((label) => label.contains(over))) continue;
      for (let up = over; up && !up.contains(element); up = up.parentElement) {
        if (!/fixed|sticky/.test(getComputedStyle(up).position)) continue;
        hits += 1;
        by = selectorOf(up);
        break;
      }
    }
    return { covered: hits / seen, covered_by: by, in_view: true };
  };

  /** Whether all of the element is in view, with room for a frame around it, and nothing lies over it. */
  const standsFree = (element) => {
    const box = element.getBoundingClientRect();
    return box.top >= FRAME && box.bottom <= innerHeight - FRAME && box.left >= 0 && box.right <= innerWidth && !cover(element).covered;
  };
  const named = (selector, inner) => {
    const element = document.querySelector(selector);
    return (inner && element?.shadowRoot?.querySelector(FOCUSABLE)) || element;
  };

  const stopOf = (element) => {
    const place = outer(element);
    const look = own(element);
    const changed = notes.before.has(element) && notes.before.get(element) !== look;
    const indicator = hasCaret(element) ? 'caret' : changed ? 'style' : '';
    const around = indicator ? [] : surroundings(element).map((one) => [one, own(one)]);
    return { element, place, indicator, look, around, known: notes.before.has(element), ...cover(element), scroll: scrollY, hidden: !isVisible(element) };
  };
  const note = (element) => {
    if (!element) { notes.sequence.push(null); return; }
    notes.sequence.push(element);
    if (!notes.stops.has(element)) {
      kit.refresh();
      notes.stops.set(element, stopOf(element));
    }
  };
  const kindOf = (element) => `${element.localName}.${element.getAttribute('class') || ''} ${element.parentElement?.localName}.${element.parentElement?.getAttribute('class') || ''}`;

  /** A fingerprint of the page's styles and scripts: either may answer the focus anywhere. */
  const answering = () => printOf([...document.querySelectorAll('link[rel~=stylesheet],style,script')].map((one) => one.href || one.src || one.textContent).join('¶'));
  /** A fingerprint of an element's kind, of all that styles say of it while it has the focus, and of what may answer. */
  const mannerOf = (element, look, around) => `${kindOf(element)} ${printOf(look)} ${around}`;

  /** The stop, with what shows its focus, now that it has it no more. */
  const indicated = (stop) => {
    const { element } = stop;
    let { indicator } = stop;
    if (!indicator && !stop.known && own(element) !== stop.look) indicator = 'style';
    if (stop.hidden && indicator !== 'around') indicator = '';   // nobody sees that it looks different
    if (!indicator && stop.around.some(([one, look]) => one.isConnected && own(one) !== look)) indicator = 'around';
    return { ...stop, indicator: indicator || 'none' };
  };
  const described = ({ element, place, look, around, known, ...told }, answers) => ({
    ...describe(place), ...told, walked: notes.walked.has(element), tab_index: element.tabIndex,
    fixed: !!(function up(one) { return one && (/fixed|sticky/.test(styleOf(one).position) || up(one.parentElement)); })(place),
    dialog: !!place.closest('dialog,[role=dialog],[role=alertdialog],[aria-modal=true]'), inner: place !== element, kind: kindOf(element), manner: mannerOf(element, look, answers),
    href: (place.getAttribute('href') || '').slice(0, 500),
  });
  /** Waits until the page has had time to answer that the focus went, if anything in it may. */
  const answered = () => mayAnswer() && Promise.all([twoFrames(), new Promise((done) => setTimeout(done, 30))]);

  const steps = {
    begin({ limit }) {
      kit.refresh();
      const expected = candidates();
      Object.assign(notes, {
        expected, limit, sequence: [], stops: new Map(), scroll: [scrollX, scrollY], href: location.href, focus: document.activeElement,
        before: new Map(expected.slice(0, limit * 4).map((element) => [element, own(element)])), walked: new Set(),
        seen: kit.found ? kit.found.filter(([element]) => isVisible(element)).length : 0,
      });
      notes.onKey = (event) => { if (event.key === 'Tab' && notes.listening) note(active()); };
      addEventListener('keydown', notes.onKey, true);
      document.activeElement?.blur?.();
      return { count: expected.length };
    },
    first() {
      document.activeElement?.blur?.();
      notes.listening = true;
      notes.expected[0]?.focus();
      return { focused: active() === notes.expected[0] };
    },
    async end({ extra, back }) {
      note(active());
      notes.listening = false;
      removeEventListener('keydown', notes.onKey, true);
      // Kinds of element that the walk did not come to.
      const kinds = new Set([...notes.stops.keys()].map(kindOf));
      notes.walked = new Set(notes.stops.keys());
      let more = 0;
      for (const element of notes.expected) {
        if (more >= extra) break;
        if (notes.walked.has(element) || kinds.has(kindOf(element)) || element.localName === 'iframe') continue;
        kinds.add(kindOf(element));
        more += 1;
        element.focus();
        if (active() === element) { kit.refresh(); notes.stops.set(element, stopOf(element)); }
      }
      // On the way back the page scrolls up, and what stays at its top may lie over the focus.
      for (const stop of back ? [...notes.stops.values()].reverse() : []) {
        if (stop.element.localName === 'iframe' || !stop.element.isConnected) continue;
        stop.element.focus();
        const again = active() === stop.element ? cover(stop.element) : stop;
        if (again.covered > stop.covered) Object.assign(stop, again);
      }
      active()?.blur();
      kit.refresh();
      let met = [...notes.stops.values()].map(indicated);
      if (met.some(({ indicator }) => indicator === 'none')) {   // a script may take its time
        await answered();
        kit.refresh();
        met = [...notes.stops.values()].map(indicated);
      }
      const answers = answering();
      const stops = met.filter(({ place }) => place?.isConnected).map((stop) => described(stop, answers));
      const first = notes.sequence.filter(Boolean).slice(0, 3).map(outer).find((element) => element.localName === 'a' && /^#./.test(element.getAttribute('href') || ''));
      return {
        stops, expected: notes.expected.length,
        sequence: notes.sequence.map((element) => (element ? selectorOf(outer(element)) : '')),
        skip: first ? selectorOf(first) : '',
      };
    },
    async bring({ selector, inner }) {
      const element = named(selector, inner);
      if (!element) return null;
      const moved = !standsFree(element);
      if (moved) {
        active()?.blur();
        element.scrollIntoView({ block: 'center', behavior: 'instant' });
        await twoFrames();
      }
      return { moved, scroll: [scrollX, scrollY], size: [innerWidth, innerHeight] };
    },
    focus({ selector, inner, stay }) {
      const element = named(selector, inner);
      if (!stay) element?.scrollIntoView({ block: 'center', behavior: 'instant' });
      element?.focus({ preventScroll: true });
      return { focused: !!element && active() === element, scroll: [scrollX, scrollY] };
    },
    async blur() {
      active()?.blur();
      await twoFrames();
      return null;
    },
    where() {
      const element = active();
      return element ? selectorOf(outer(element)) : '';
    },
    foremost({ selectors }) {
      kit.refresh();
      const members = selectors.map((selector) => document.querySelector(selector)).filter(Boolean);
      members.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
      return members.length ? describe(members[0]) : null;
    },
    skip({ selector }) {
      const link = document.querySelector(selector);
      const id = decodeURIComponent(link.hash.slice(1));
      const target = document.getElementById(id) || document.getElementsByName(id)[0] || (/^top$/i.test(id) ? document.body : null);
      Object.assign(notes, { link, target, past: location.href });
      link.focus();
      return { focused: active() === link };
    },
    async landed({ patient }) {
      const { link, target } = notes;
      const after = (element) => !!target && (target.contains(element) || !!(target.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING));
      const isInView = () => {
        const shown = (target && [target, ...target.querySelectorAll('*')].find((element) => isVisible(element))) || target;
        const box = shown?.getBoundingClientRect();
        return !!box && box.top < innerHeight && box.bottom > 0;
      };
      const hasMoved = () => active() !== link && (active() ? after(active()) : location.href !== notes.past);
      kit.refresh();
      if (patient && !(hasMoved() && isInView())) {
        await twoFrames();
        kit.refresh();
      }
      const at = active();
      const rendered = !!target && target.checkVisibility({ visibilityProperty: true });
      return {
        found: !!target, rendered, target: target ? selectorOf(target) : '', at: at ? selectorOf(outer(at)) : '',
        in_view: isInView(),
        inside: !!at && after(at),
        still: at === link,
        // Where nothing follows the target, the focus leaves the page or begins anew.
        round: !notes.expected.some(after) && (!at || at === notes.expected[0]),
      };
    },
    async restore() {
      active()?.blur();
      if (location.href !== notes.href) {
        history.back();
        for (let tries = 0; tries < 20 && location.href !== notes.href; tries += 1) await new Promise((done) => setTimeout(done, 10));
        if (location.href !== notes.href) history.replaceState(null, '', notes.href);
      }
      scrollTo({ left: notes.scroll[0], top: notes.scroll[1], behavior: 'instant' });
      await answered();
      kit.refresh();
      const element = active();
      let taker = null;
      if (element) {
        const stop = notes.stops.get(element) || stopOf(element);
        element.blur();
        taker = described(indicated(stop), answering());
      }
      const seen = kit.found ? kit.found.filter(([found]) => isVisible(found)).length : 0;
      return { restored: seen === notes.seen && location.href === notes.href, taker };
    },
  };
  return steps[given.step](given);
}
