/** A list with something under its name: in the place of what had the name, else at the end. */
export const withNamed = <T extends { name: string }>(list: readonly T[], one: T): T[] =>
  list.some(({ name }) => name === one.name) ? list.map((other) => (other.name === one.name ? one : other)) : [...list, one]

/** A name that nothing in a list has: the wished one, else with the first free number. */
export function freeName(list: readonly { name: string }[], wished: string): string {
  const taken = new Set(list.map(({ name }) => name))
  if (!taken.has(wished)) return wished
  for (let number = 2; ; number += 1) if (!taken.has(`${wished} ${number}`)) return `${wished} ${number}`
}

/** What is wrong with the names of a list, one answer for each: it is empty, or an earlier one has it. */
export const namesAtFault = (names: readonly string[]): ('empty' | 'taken' | null)[] => {
  const plain = names.map((name) => name.trim())
  return plain.map((name, at) => (name === '' ? 'empty' : plain.indexOf(name) < at ? 'taken' : null))
}
