// Lets axe remember colours. For every text it reads the colours of all that lies behind it, and makes numbers of each
// anew (4.12: a third of its time, over the same few texts). The numbers depend on nothing but the text.
() => {
  const colour = globalThis.axe?.commons?.color?.Color?.prototype;
  const parse = colour?.parseString;
  if (typeof parse !== 'function' || parse.remembers) return;
  const known = new Map();
  colour.parseString = function remembering(text) {
    const before = known.get(text);
    if (before) [this.r, this.g, this.b, this.alpha] = before;
    else {
      parse.call(this, text);
      known.set(text, [this.r, this.g, this.b, this.alpha]);
    }
    return this;
  };
  colour.parseString.remembers = true;
}
