/**
 * Hill numbers qD = (Σ p^q)^(1/(1−q)): the effective number of uses. q = 0 counts uses, q → 1 is exp(Shannon), q = 2 the inverse
 * Simpson index (domain §4.7; Hill 1973). 0 for nothing at all.
 */
export function hillNumber(amounts: ArrayLike<number>, q: 0 | 1 | 2): number {
  const total = Array.from(amounts).reduce((sum, amount) => sum + Math.max(0, amount), 0)
  if (total <= 0) return 0
  const shares = Array.from(amounts, (amount) => amount / total).filter((share) => share > 0)
  if (q === 0) return shares.length
  if (q === 1) return Math.exp(-shares.reduce((sum, share) => sum + share * Math.log(share), 0))
  return 1 / shares.reduce((sum, share) => sum + share ** 2, 0)
}
