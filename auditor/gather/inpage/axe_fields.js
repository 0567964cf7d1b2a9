// Lets axe keep the private fields of its colours on the colours themselves. Its text is written for old browsers, where
// each of such fields is a weak map or set of objects (4.12: a sixth of a run is spent making, asking and clearing away
// these). Runs before axe's text; gives what puts all back, so that nothing but axe's own classes is made with them.
() => {
  const maps = [globalThis.WeakMap, globalThis.WeakSet];
  class Field {
    #key = Symbol('field');
    static toString() { return 'class WeakMap { [native code] }'; } // else axe makes up for a browser without such
    has(object) { return Object.hasOwn(object, this.#key); }
    get(object) { return this.has(object) ? object[this.#key] : undefined; }
    set(object, value) { object[this.#key] = value; return this; }
    add(object) { return this.set(object, true); }
    delete(object) { return delete object[this.#key]; }
  }
  globalThis.WeakMap = globalThis.WeakSet = Field;
  return () => { [globalThis.WeakMap, globalThis.WeakSet] = maps; };
}
