/**
 * Normalised Shannon entropy −Σ p·ln p ÷ ln n of quantities in n classes considered, 0 (one use) … 1 (all in equal parts).
 * n is fixed by the class set, not by what happens to be present (domain §4.7). 0 for nothing at all.
 */
export function normalisedEntropy(amounts: ArrayLike<number>, classes: number = amounts.length): number {
  const total = Array.from(amounts).reduce((sum, amount) => sum + amount, 0)
  if (total <= 0 || classes < 2) return 0
  let entropy = 0
  for (const amount of Array.from(amounts)) {
    const share = amount / total
    if (share > 0) entropy -= share * Math.log(share)
  }
  return entropy / Math.log(classes)
}
