// Follows links within the page, one after the other, to see whether a fixed area hides what they lead to.
// Needs look.js. Takes selectors; gives selector → whether the text was covered. Scrolls back and restores the address.
async (selectors) => {
  const { clean } = globalThis[Symbol.for('auditor')];
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const [left, top] = [scrollX, scrollY];
  const before = location.href, state = history.state, answers = {};
  const targetOf = (link) => {
    const written = link.hash.slice(1);
    let id = written;
    try { id = decodeURIComponent(written); } catch { /* as written */ }
    return [written, id].map((name) => document.getElementById(name) || document.getElementsByName(name)[0]).find(Boolean);
  };
  const textAt = (start) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    walker.currentNode = start;
    for (let node = walker.nextNode(), steps = 0; node && steps < 200; node = walker.nextNode(), steps += 1) {
      if (clean(node.nodeValue) && node.parentElement?.checkVisibility({ visibilityProperty: true })) return node;
    }
    return null;
  };
  const stays = (element) => {
    for (let up = element; up && up !== document.body; up = up.parentElement) if (/fixed|sticky/.test(getComputedStyle(up).position)) return true;
    return false;
  };
  /** Scripts may scroll smoothly, and headers may fold away on the way. */
  const settled = async () => {
    await pause(150);
    for (let last = NaN, steps = 0; steps < 12 && last !== scrollY; steps += 1) { last = scrollY; await pause(100); }
  };
  for (const selector of selectors) {
    const link = document.querySelector(selector), target = link && targetOf(link), text = target && textAt(target);
    if (!text) continue;
    scrollTo({ left, top: 0, behavior: 'instant' });
    await pause(50);
    link.click();
    await settled();
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getClientRects()[0];
    if (!box || box.bottom < -innerHeight || box.top > innerHeight) continue;
    const y = (box.top + box.bottom) / 2;
    const shown = y < 0 ? null : document.elementFromPoint(Math.min(box.left + 4, innerWidth - 1), y);
    answers[selector] = y < 0 || (!!shown && !shown.contains(text) && stays(shown));
  }
  if (location.href !== before) history.replaceState(state, '', before);
  scrollTo({ left, top, behavior: 'instant' });
  return answers;
}
