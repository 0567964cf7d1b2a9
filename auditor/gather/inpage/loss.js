// Finds text that is lost when it takes more room: with the spacing of WCAG 1.4.12, or on half the screen, which is what
// zooming to 200 percent gives (1.4.4). Needs look.js. Takes {mode, width}: 'spacing' looks at the page as it stands, then with
// wider spacing, gives the boxes that lost text and puts all back; 'half' compares with what 'spacing' saw first, once the
// window is *width* pixels wide and the page has answered to that.
async ({ mode, width }) => {
  const kit = globalThis[Symbol.for('auditor')];
  const { clean, describe, isVisible, mayAnswer, styleOf } = kit;
  const ELEMENTS = 8000, NODES = 400, MOST = 20, FEW = 5, ROUNDING = 3;
  const SPACING = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';
  const LETTER = /[\p{L}\p{N}]/u, ICON = /icon|material|symbol|awesome|glyph/i;
  const SILENT = 'script,style,template,noscript,select,textarea,svg,math,object,iframe,canvas,video,audio';
  const CAROUSEL = /carousel|karusell|slick|swiper|splide|glide|flickity|slide|ticker|marquee|owl-/i;
  const root = document.documentElement;
  if (!document.body) return null;

  const hides = (value) => value === 'hidden' || value === 'clip';
  const range = document.createRange();
  /** Calls back with each text in the element that can be seen, and says whose it is. */
  const texts = (element, visit) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let seen = 0;
    for (let node = walker.nextNode(); node && seen < NODES; node = walker.nextNode()) {
      if (!LETTER.test(node.nodeValue)) continue;
      seen += 1;
      const parent = node.parentElement;
      if (!parent || parent.closest(SILENT) || ICON.test(styleOf(parent).fontFamily) || !isVisible(parent)) continue;
      if (visit(node, parent)) return;
    }
  };
  const linesOf = (node) => { range.selectNodeContents(node); return [...range.getClientRects()].filter((line) => line.width > 1 && line.height > 1); };
  /** The part of a page that the element shows, by axis; the element that the page scrolls in shows all. */
  const frameOf = (element) => {
    const box = element.getBoundingClientRect();
    const left = box.left + element.clientLeft, top = box.top + element.clientTop;
    return { left, top, right: left + element.clientWidth, bottom: top + element.clientHeight };
  };
  /** Whether something between the text and the box can be scrolled, shows the text outside, or hides it anyway. */
  const isFreed = (parent, box) => {
    let positioned = styleOf(parent).position;
    for (let up = parent; up && up !== box; up = up.parentElement) {
      const style = styleOf(up);
      if (/auto|scroll/.test(style.overflowX + style.overflowY) || style.position === 'fixed') return true;
      if (up !== parent && style.position !== 'static') positioned = style.position;
    }
    return positioned === 'absolute' && styleOf(box).position === 'static' && styleOf(box).transform === 'none';
  };
  /** Texts of which a third of a line, or some letters, stand outside a box that hides what stands outside. */
  const cutIn = (box, across, down) => {
    const frame = frameOf(box), cut = new Set();
    texts(box, (node, parent) => {
      for (const line of linesOf(node)) {
        const third = line.height * 0.34;
        const outside = (down && (line.bottom > frame.bottom + third || line.top < frame.top - third))
          || (across && (line.right > frame.right + ROUNDING || line.left < frame.left - ROUNDING));
        if (outside && !isFreed(parent, box)) { cut.add(node); break; }
      }
      return false;
    });
    return cut;
  };
  const clips = (element) => {
    const style = styleOf(element);
    return [hides(style.overflowX), hides(style.overflowY)];
  };
  /** Width and height that an element's content has too much. */
  const excess = (element) => [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight];

  const note = () => {
    const elements = [...document.body.getElementsByTagName('*')].slice(0, ELEMENTS).filter((element) => element.clientHeight > 1);
    const before = new Map(), cut = new Map(), sizes = new Map();
    for (const element of elements) {
      const [across, down] = excess(element);
      before.set(element, [across, down]);
      if (across <= ROUNDING && down <= ROUNDING) continue;
      const [x, y] = clips(element);
      if (x || y) for (const node of cutIn(element, x, y)) cut.set(node, element);
    }
    if (innerWidth >= 1000) texts(document.body, (node, parent) => { sizes.set(parent, parseFloat(styleOf(parent).fontSize)); return false; });
    return { before, cut, sizes };
  };

  const byDesign = (element, node) => {
    for (let up = node.parentElement, steps = 0; up && up !== document.body && steps < 12; up = up.parentElement, steps += 1) {
      const style = styleOf(up);
      if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none' || style.animationName !== 'none') return true;
      if (CAROUSEL.test(`${up.id} ${up.getAttribute('class') || ''} ${up.getAttribute('aria-roledescription') || ''}`)) return true;
    }
    return element.matches('marquee');
  };
  const loss = (element, node, way) => describe(element, { way, lost: clean(node.nodeValue, 80), by_design: byDesign(element, node), text: '', name: '' });

  /** Boxes that hold more than before, and now cut text off or let it run over other text. */
  const compare = ({ before, cut }) => {
    kit.refresh();
    const found = [], told = new Set();
    const spilling = [];
    for (const [element, [across, down]] of [...before].reverse()) {       // inner boxes first: they are what cuts
      if (found.length >= MOST) break;
      const [wider, higher] = excess(element);
      const more = [wider > across + ROUNDING && wider > ROUNDING, higher > down + ROUNDING && higher > ROUNDING];
      if (!more[0] && !more[1]) continue;
      const [x, y] = clips(element), style = styleOf(element);
      if (/auto|scroll/.test(style.overflowX + style.overflowY) || !isVisible(element)) continue;
      if (x || y) {
        const lost = [...cutIn(element, x && more[0], y && more[1])].filter((node) => !cut.has(node) && !told.has(node));
        for (const node of lost) told.add(node);
        if (lost.length) found.push(loss(element, lost[0], 'cut'));
      } else if (more[1] && style.display !== 'inline' && spilling.length < 30) spilling.push(element);
    }
    for (const element of spilling) {
      const lost = coveredBy(element, told);
      if (lost) { told.add(lost); found.push(loss(element, lost, 'covered')); }
    }
    return found.reverse().slice(0, MOST);
  };
  /** Texts that begin within a box and are cut off by it at rest and on half the screen alike, though no link leads on. */
  const stillCut = ({ cut }) => {
    const found = new Map();
    for (const [node, box] of cut) {
      if (found.size >= FEW) break;
      if (found.has(box) || !box.isConnected || !node.isConnected || !isVisible(box)) continue;
      if (box.closest('a,button,summary,label,[aria-hidden=true]') || (box.closest('li,article') || box).querySelector('a[href],button')) continue;
      const edge = box.getBoundingClientRect(), lines = linesOf(node);
      if (byDesign(box, node) && lines.some((line) => line.height * 0.66 <= edge.height)) continue;    // no line is lower than that
      const inside = lines.some((line) => line.bottom > edge.top + 3 && line.top < edge.bottom - 3 && line.right > edge.left + 3 && line.left < edge.right - 3);
      if (inside && cutIn(box, ...clips(box)).has(node)) found.set(box, loss(box, node, 'rest'));
    }
    return [...found.values()];
  };
  /** A text of the element with lines below its box that stand upon text of what comes after it; lines touch at a third. */
  const coveredBy = (element, told) => {
    const frame = frameOf(element), below = [];
    texts(element, (node, parent) => {
      for (const line of linesOf(node)) {
        if (line.bottom > frame.bottom + line.height * 0.5 && !isFreed(parent, element)) below.push([node, line]);
      }
      return below.length >= 20;
    });
    if (!below.length || below.some(([node]) => told.has(node))) return null;
    let next = element;
    while (next && !next.nextElementSibling && next !== document.body) next = next.parentElement;
    let covered = null;
    for (let after = next?.nextElementSibling, steps = 0; after && !covered && steps < 3; after = after.nextElementSibling, steps += 1) {
      texts(after, (other) => {
        for (const line of linesOf(other)) {
          const hit = below.find(([, own]) => Math.min(own.bottom, line.bottom) - Math.max(own.top, line.top) > 0.35 * Math.min(own.height, line.height)
            && Math.min(own.right, line.right) - Math.max(own.left, line.left) > 8);
          if (hit) { [covered] = hit; return true; }
        }
        return false;
      });
    }
    return covered;
  };

  /** What is turned by a quarter and holds most of the page's text. */
  const turned = () => {
    const angleOf = (style) => {
      if (style.rotate && style.rotate !== 'none') return parseFloat(style.rotate.split(' ').at(-1)) || 0;
      if (style.transform === 'none') return 0;
      const matrix = new DOMMatrixReadOnly(style.transform);
      return Math.round(Math.atan2(matrix.b, matrix.a) * 180 / Math.PI);
    };
    const large = [root, document.body, ...document.body.children].flatMap((element) => [element, ...(element === root || element === document.body ? [] : element.children)]);
    const askew = large.slice(0, 300).filter((element) => Math.abs(Math.abs(angleOf(styleOf(element))) % 180 - 90) < 2);
    const whole = askew.length ? document.body.innerText.length : 0;
    return askew.filter((element) => whole && (element.innerText || '').length >= 0.5 * whole).map((element) => describe(element, { text: '', name: '' }));
  };
  /** What lies over nearly the whole screen. */
  const cover = () => {
    const counts = new Map();
    const points = [0.1, 0.3, 0.5, 0.7, 0.9];
    for (const x of points) {
      for (const y of points) {
        const layers = new Set();
        for (let up = document.elementFromPoint(x * innerWidth, y * innerHeight); up && up !== document.body && up !== root; up = up.parentElement) {
          if (/fixed|absolute/.test(styleOf(up).position)) layers.add(up);
        }
        for (const layer of layers) counts.set(layer, (counts.get(layer) || 0) + 1);
      }
    }
    const over = [...counts].filter(([element, count]) => count >= 24 && !element.querySelector('main,[role=main],h1')).at(-1)?.[0];
    return over ? describe(over) : null;
  };

  if (mode === 'half') {
    const noted = kit.noted;
    if (!noted) return null;
    await new Promise((done) => {
      const next = mayAnswer() ? requestAnimationFrame : setTimeout;
      const look = () => (innerWidth === width ? setTimeout(done) : next(look));   // its listeners have heard of it
      next(look);
      setTimeout(done, 300);
    });
    const lost = compare(noted);
    const cut = [...lost, ...stillCut(noted)];
    // Text whose size follows the window's width is no larger after zooming.
    const rules = [];
    const gather = (list, depth) => {
      for (const rule of list) {
        if (rule.cssRules?.length && depth < 4) gather(rule.cssRules, depth + 1);
        if (rule.selectorText && /\dv(w|i|min|max)\b/.test(rule.style?.fontSize || '')) rules.push(rule);
      }
    };
    const suspects = [...noted.sizes].filter(([element, size]) => element.isConnected && parseFloat(styleOf(element).fontSize) * 2 < size * 1.05);
    if (suspects.length) for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) { try { gather(sheet.cssRules, 0); } catch { /* of another origin */ } }
    const says = (element) => /\dv(w|i|min|max)\b/.test(element.style?.fontSize || '') || rules.some((rule) => { try { return element.matches(rule.selectorText); } catch { return false; } });
    const unscaled = suspects.filter(([element]) => {
      for (let up = element; up; up = up.parentElement) if (says(up)) return true;
      return false;
    }).slice(0, MOST).map(([element]) => describe(element));
    return { cut, unscaled, turned: turned(), cover: cover() };
  }
  kit.refresh();
  kit.noted = note();
  const atRest = { turned: turned(), cover: cover() };       // first, for what comes after needs the page laid out anew
  const sheet = new CSSStyleSheet(), own = [...document.adoptedStyleSheets];      // the list itself is live
  sheet.replaceSync(SPACING);
  document.adoptedStyleSheets = [...own, sheet];
  let cut = [];
  try { cut = compare(kit.noted); } finally { document.adoptedStyleSheets = own; kit.refresh(); }
  return { cut, ...atRest };
}
