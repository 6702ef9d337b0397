/** A method of a class that is not ours, as an adapter sees it. */
export type Method = (this: unknown, ...args: unknown[]) => unknown
export type Prototype = Record<string, Method>

/** Does what the method did, with the arguments given. */
type Proceed = (...args: unknown[]) => unknown

/** Puts work of ours around one of pdfmake's methods. Fails loudly when an update moved what is adapted. */
export function wrapMethod<Target, Args extends unknown[]>(
  prototype: Prototype,
  method: string,
  work: (proceed: Proceed, args: Args, target: Target) => unknown,
): void {
  const original = methodOf(prototype, method)
  prototype[method] = function wrapped(...args) {
    return work((...given) => original.apply(this, given), args as Args, this as Target)
  }
}

/** One of pdfmake's methods, for what is called too often to be wrapped. Fails as loudly. */
export function methodOf(prototype: Prototype, method: string): Method {
  const original = prototype[method]
  if (typeof original !== 'function') throw new Error(`pdfmake no longer has ${method}: the PDF adapter must be revised`)
  return original
}
