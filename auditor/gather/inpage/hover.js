// What shows while the pointer rests on something. The pointer is moved from outside. Needs look.js.
// Takes {step, index}. Steps: find gives a fingerprint of each trigger; at gives the middle of one, or null if something lies
// over it; shown tells what came to light, and where the pointer gets onto it; still tells whether that is seen yet;
// restore tells whether the page shows what it showed before.
({ step, index }) => {
  const kit = globalThis[Symbol.for('auditor')];
  const { describe, isVisible, clean, styleOf } = kit;
  const CHANGES = ['display', 'visibility', 'opacity', 'transform', 'translate', 'max-height', 'height', 'left', 'right', 'top', 'clip', 'clip-path', 'scale'];
  const MOST = 40, RULES = 20000, SLACK = 4;
  kit.refresh();
  const count = () => (kit.found || []).filter(([element]) => isVisible(element)).length;
  /** The part of a list item that the pointer rests on: its link or button. */
  const handleOf = (trigger) => trigger.localName === 'li' && trigger.firstElementChild && isVisible(trigger.firstElementChild) ? trigger.firstElementChild : trigger;
  const steps = {
    find() {
      const pairs = [], seen = new Set();
      const add = (trigger, contents) => {
        const hidden = contents.filter((content) => content !== trigger && clean(content.textContent) && !isVisible(content));
        if (pairs.length >= MOST || !hidden.length || seen.has(trigger) || !isVisible(trigger)) return;
        seen.add(trigger);
        pairs.push({ trigger, hidden });
      };
      let rulesSeen = 0;
      const walk = (rules, depth) => {
        for (const rule of rules) {
          rulesSeen += 1;
          if (pairs.length >= MOST || rulesSeen > RULES || depth > 6) return;
          if (!rule.selectorText) {
            if (rule.cssRules && !(rule.media && !matchMedia(rule.media.mediaText).matches)) walk(rule.cssRules, depth + 1);
            continue;
          }
          if (!rule.selectorText.includes(':hover') || !CHANGES.some((name) => rule.style.getPropertyValue(name))) continue;
          for (const selector of rule.selectorText.split(/,(?![^(]*\))/)) {
            const parts = selector.match(/^(.*?):hover([^\s>+~]*)(\s*[\s>+~].*)$/);
            if (!parts || parts[3].includes(':hover') || /::/.test(selector)) continue;
            try {
              for (const trigger of [...document.querySelectorAll((parts[1] + parts[2]).trim() || '*')].slice(0, 2)) {
                const rest = parts[3].trim();
                const contents = /^[+~]/.test(rest) ? [...trigger.parentElement.querySelectorAll(`:scope > * ${rest}`)].filter((one) => trigger.compareDocumentPosition(one) & 4)
                  : [...trigger.querySelectorAll(`:scope ${rest}`)];
                add(trigger, contents);
              }
            } catch { /* a selector of pieces that mean nothing */ }
          }
        }
      };
      for (const sheet of [...document.styleSheets].slice(0, 100)) {
        try { walk(sheet.cssRules, 0); } catch { /* from another host: not to be read */ }
      }
      for (const tip of [...document.querySelectorAll('[role=tooltip][id]')].slice(0, 20)) {
        const owner = document.querySelector(`[aria-describedby~="${CSS.escape(tip.id)}"]`);
        if (owner) add(owner, [tip]);
      }
      // Menus that scripts unfold.
      for (const item of [...document.querySelectorAll('nav li,[role=navigation] li')].slice(0, 60)) {
        const below = [...item.children].filter((child) => child.matches('ul,ol,div') && child.querySelector('a[href]'));
        if (below.length) add(item, below);
      }
      kit.hover = { pairs, scroll: [scrollX, scrollY], seen: count() };
      // What looks alike behaves alike: a kind is tried once.
      return pairs.map(({ trigger, hidden }) => [trigger, trigger.parentElement, hidden[0]].map((one) => `${one.localName}.${[...one.classList].sort().join('.')}`).join(' '));
    },
    at() {
      const { trigger } = kit.hover.pairs[index];
      const handle = handleOf(trigger);
      handle.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      const box = handle.getClientRects()[0];
      if (!box) return null;
      const x = box.left + box.width / 2, y = box.top + box.height / 2;
      const top = document.elementFromPoint(x, y);
      return top && trigger.contains(top) ? { x, y } : null;
    },
    shown() {
      const pair = kit.hover.pairs[index], from = steps.at();
      pair.content = pair.hidden.find(isVisible);
      if (!pair.content || !from) return null;
      const own = pair.trigger.getBoundingClientRect();
      // What floats may be a part of what was hidden: a list in a box without a size.
      const float = [pair.content, ...pair.content.querySelectorAll('*')].slice(0, 30).find((one) => /absolute|fixed/.test(styleOf(one).position) && isVisible(one));
      const place = (float || pair.content).getBoundingClientRect();
      if (place.width < 2 * SLACK || place.height < 2 * SLACK || place.bottom < 0 || place.top > innerHeight || place.right < 0 || place.left > innerWidth) return null;
      const left = Math.max(place.left, 0) + SLACK, right = Math.min(place.right, innerWidth) - SLACK;
      const top = Math.max(place.top, 0) + SLACK, bottom = Math.min(place.bottom, innerHeight) - SLACK;
      const outside = place.left < own.left - SLACK || place.right > own.right + SLACK || place.top < own.top - SLACK || place.bottom > own.bottom + SLACK;
      /** Something with words, besides what was brought to light and what brought it, lies below it. */
      const covers = () => [[0.5, 0.5], [0.2, 0.2], [0.8, 0.2], [0.2, 0.8], [0.8, 0.8]].some(([across, down]) =>
        document.elementsFromPoint(left + (right - left) * across, top + (bottom - top) * down)
          .some((below) => !pair.trigger.contains(below) && !below.contains(pair.trigger) && !pair.content.contains(below) && !below.contains(pair.content) && clean(below.textContent)));
      return {
        from, x: Math.min(Math.max(from.x, left), right), y: Math.min(Math.max(from.y, top), bottom),
        floats: !!float && outside && covers(), trigger: describe(pair.trigger, { text: clean(handleOf(pair.trigger).textContent, 80), name: '' }),
        content: clean(pair.content.innerText, 80),
      };
    },
    still() {
      const { content } = kit.hover.pairs[index];
      return content.isConnected && isVisible(content);
    },
    restore() {
      const { scroll: [left, top], seen } = kit.hover;
      scrollTo({ left, top, behavior: 'instant' });
      delete kit.hover;
      return count() === seen;
    },
  };
  return steps[step]();
}
