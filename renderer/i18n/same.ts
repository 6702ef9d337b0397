/** The same keys with any words: an English table that misses a Chinese key, or invents one, does not compile. */
export type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> }
