// Runs axe in this frame and gives back [partial result, selectors of the child frames with their contexts].
// Takes {context, options}; a missing context means the whole document.
async ({ context, options }) => {
  const scope = context || document;
  const children = axe.utils.getFrameContexts(scope, options);
  const partial = await axe.runPartial(scope, options);
  return [partial, children.map(({ frameSelector, frameContext }) => ({ selector: frameSelector, context: frameContext }))];
}
