import type { Verification } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { PdfSignatures } from '#core/model/signature.ts'

/**
 * What is known of a PDF by its record and by its signatures together. A signed PDF without a record, such as a map, is judged by its
 * signatures alone. A signature that does not hold, or content put behind one, is no match.
 * @throws what `record` throws where there is nothing signed either
 */
export async function verifySigned(signatures: PdfSignatures, record: () => Promise<Verification>): Promise<Verification> {
  const isSigned = signatures.signatures.length > 0 || signatures.takenOut > 0
  let verification: Verification
  try {
    verification = await record()
  } catch (error) {
    if (!isSigned || !(error instanceof AppError) || error.code !== 'memo.not-a-memo') throw error
    verification = { match: true, sealStored: '', sealRecomputed: '', differences: [], hasNoRecord: true }
  }
  return { ...verification, signatures, match: verification.match && areSound(signatures) }
}

/** Every signature holds, nothing but signatures was put behind any, and none was taken out. */
export const areSound = ({ signatures, takenOut }: PdfSignatures): boolean =>
  takenOut === 0 && signatures.every(({ state }) => state === 'valid')
