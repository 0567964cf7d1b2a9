// The colours that make form fields and icon buttons stand out from what is around them. Needs look.js.
// Gives a list of auditor.model.facts.Paint. Colours are #rrggbb, laid over what is behind them; empty if unknown.
// Takes {within}: selectors of the elements in which they are asked for; without it, everywhere.
(given) => {
  const kit = globalThis[Symbol.for('auditor')];
  const inside = kit.insideOf(given?.within);
  const { clean, describe, isVisible, styleOf } = kit;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const known = new Map();
  /** [red, green, blue, alpha 0 to 1] of any colour that a style tells. */
  const parse = (colour) => {
    if (!known.has(colour)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = '#000';
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
      known.set(colour, [red, green, blue, alpha / 255]);
    }
    return known.get(colour);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)].map(Math.round);
  const hex = (colour) => '#' + colour.slice(0, 3).map((part) => Math.round(part).toString(16).padStart(2, '0')).join('');
  const pictures = [...document.querySelectorAll('img,video,canvas,picture')].slice(0, 300).map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width > 60 && box.height > 60);
  const meets = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

  /** The solid colour behind what is in the element, the element itself included; null where that cannot be told. */
  const behind = (element, box) => {
    const layers = [];
    for (let up = element; up; up = up.parentElement) {
      const style = styleOf(up);
      if (style.backgroundImage !== 'none' || style.opacity !== '1' || style.filter !== 'none' || style.mixBlendMode !== 'normal') return null;
      const colour = parse(style.backgroundColor);
      layers.push(colour);
      if (colour[3] === 1) break;
      // Nothing solid yet, and this stands where it likes: what is behind it may be anything.
      if (/absolute|fixed|sticky/.test(style.position) || style.float !== 'none' && style.marginTop.startsWith('-')) return null;
      if (pictures.some(([picture, place]) => !up.contains(picture) ? false : !element.contains(picture) && meets(place, box))) return null;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const SIDES = ['borderTop', 'borderRight', 'borderBottom', 'borderLeft', 'outline'];
  const edgesOf = (element, below) => {
    const style = styleOf(element);
    return SIDES.filter((side) => !/none|hidden/.test(style[`${side}Style`]) && parseFloat(style[`${side}Width`]) >= 0.5)
      .map((side) => parse(style[`${side}Color`])).filter((colour) => colour[3] > 0).map((colour) => over(colour, below));
  };
  const hasShadow = (style) => style.boxShadow !== 'none' || style.borderImageSource !== 'none' || style.backdropFilter !== 'none' && style.backdropFilter !== '';
  const same = (one, other) => one.every((part, index) => Math.abs(part - other[index]) < 2);

  const paints = [];
  const TYPED = /^(text|search|email|tel|url|password|number|date|time|datetime-local|month|week)$/;
  const fields = [...document.querySelectorAll('input,select,textarea')].slice(0, 200)
    .filter((element) => (element.localName !== 'input' || TYPED.test(element.type)) && inside(element) && !element.matches(':disabled') && isVisible(element));
  for (const field of fields) {
    let frame = field, found = null;
    const box = field.getBoundingClientRect();
    for (let steps = 0; steps < 4 && frame && frame !== document.body; steps += 1, frame = frame.parentElement) {
      const place = frame.getBoundingClientRect();
      if (steps && (place.height > box.height + 24 || frame.querySelectorAll('input:not([type=hidden]),select,textarea').length > 1)) break;
      const style = styleOf(frame);
      const backdrop = behind(frame.parentElement, place), inside = behind(frame, place);
      const edges = edgesOf(frame, backdrop || [255, 255, 255]);
      const stands = edges.length || (backdrop && inside && !same(backdrop, inside));
      const unsure = !backdrop || !inside || hasShadow(style);
      if (stands || unsure) { found = { kind: 'field', backdrop, fill: inside, edges, unsure: unsure || !!found?.unsure }; if (stands) break; }
    }
    if (found) {
      paints.push(describe(field, { ...found, text: '', backdrop: found.backdrop ? hex(found.backdrop) : '', fill: found.fill ? hex(found.fill) : '',
        edges: [...new Set(found.edges.map(hex))] }));
    }
  }

  const SHAPES = 'path,circle,rect,polygon,polyline,line,ellipse,use';
  for (const button of [...document.querySelectorAll('button,[role=button],a[href],summary')].slice(0, 600)) {
    const icon = button.querySelector('svg');
    if (!icon || !inside(button) || button.matches(':disabled,[aria-disabled=true]') || clean(button.innerText) || button.querySelector('img') || !isVisible(button)) continue;
    const box = icon.getBoundingClientRect();
    if (box.width < 8 || box.width > 48 || box.height > 48 || button.querySelectorAll('svg').length > 1 || !isVisible(icon)) continue;
    const backdrop = behind(icon.parentElement, box);
    let unsure = !backdrop || hasShadow(styleOf(button));
    const ink = [];
    let opacity = 1;
    for (let up = icon; up && up !== button.parentElement; up = up.parentElement) opacity *= Number(styleOf(up).opacity);
    for (const shape of [...icon.querySelectorAll(SHAPES)].slice(0, 40)) {
      if (shape.closest('defs,clipPath,mask,symbol,pattern') || !shape.checkVisibility()) continue;
      if (shape.localName === 'use') unsure = true;
      const style = styleOf(shape);
      for (const [paint, seen] of [[style.fill, style.fillOpacity], [style.stroke, parseFloat(style.strokeWidth) ? style.strokeOpacity : 0]]) {
        if (paint === 'none' || !Number(seen)) continue;
        if (paint.startsWith('url')) { unsure = true; continue; }
        const colour = parse(paint), alpha = colour[3] * Number(seen) * opacity * Number(style.opacity);
        if (alpha > 0) ink.push(over([...colour.slice(0, 3), alpha], backdrop || [255, 255, 255]));
      }
    }
    if (ink.length) {
      paints.push(describe(button, { kind: 'icon', backdrop: backdrop ? hex(backdrop) : '', fill: '', edges: [...new Set(ink.map(hex))], unsure, text: '' }));
    }
  }
  return paints;
}
