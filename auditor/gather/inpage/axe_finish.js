// Keeps what is used of what axe says. Takes {partials, options, nodes}: the partial results of child frames as texts,
// null for frames that gave none, which are joined to this frame's first; or {results, nodes} where axe has given the whole.
// Gives text, which crosses over much faster than values.
async ({ partials, results, options, nodes }) => {
  if (!results) {
    const children = partials.map((text) => (text ? JSON.parse(text) : null));
    results = await axe.finishRun([axe.auditorPartial, ...children], options);
    delete axe.auditorPartial;
  }
  const path = (step) => Array.isArray(step) ? step.join(' >>> ') : String(step);
  const kit = globalThis[Symbol.for('auditor')];
  const where = (target) => {
    if (typeof target[0] !== 'string') return {};
    let element = null;
    try { element = document.querySelector(target[0]); } catch { return {}; }
    if (!element) return {};
    const place = kit ? kit.selectorOf(element) : '';
    if (target.length > 1) return { place };
    const rect = element.getBoundingClientRect();
    const box = { x: rect.left + scrollX, y: rect.top + scrollY, width: rect.width, height: rect.height };
    return { box, place };
  };
  const detail = (rule) => ({
    id: rule.id, impact: rule.impact || '',
    nodes: rule.nodes.slice(0, nodes).map((node) => ({
      target: node.target.map(path), html: String(node.html).slice(0, 300),
      summary: String(node.failureSummary || '').slice(0, 600), ...where(node.target),
    })),
  });
  return JSON.stringify({
    version: results.testEngine.version,
    violations: results.violations.map(detail),
    incomplete: results.incomplete.map(detail),
    passes: results.passes.map((rule) => rule.id),
    inapplicable: results.inapplicable.map((rule) => rule.id),
  });
}
