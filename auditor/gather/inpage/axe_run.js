// Runs axe in this frame. Takes {context, options, keep}; a missing context means the whole document.
// Gives {partial, children}: the partial result as text, or empty if it is kept here for axe_finish.js, and for each
// child frame its selector and context. Gives null where axe is not there yet.
async ({ context, options, keep }) => {
  if (typeof axe === 'undefined' || !axe.runPartial) return null;
  const scope = context || document;
  const children = axe.utils.getFrameContexts(scope, options)
    .map(({ frameSelector, frameContext }) => ({ selector: frameSelector, context: frameContext }));
  const partial = await axe.runPartial(scope, options);
  if (keep) axe.auditorPartial = partial;
  return JSON.stringify({ partial: keep ? '' : JSON.stringify(partial), children });
}
