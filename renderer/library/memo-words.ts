import type { FoundPlace, MemoHead, SignedState } from '#core/library/reading.ts'
import type { useWords } from '../i18n/use-words.ts'

type T = ReturnType<typeof useWords>['t']

/** What a place of a memo is called: "意见 12". */
export function placeName({ place, ref }: Pick<FoundPlace, 'place' | 'ref'>, t: T): string {
  return t(`library.place_${place}`, { ref })
}

/** What is said of a seal, with the tone it has. */
export const sealTone = ({ sealState }: Pick<MemoHead, 'sealState'>): 'good' | 'bad' | '' =>
  sealState === 'match' ? 'good' : sealState === 'differs' ? 'bad' : ''

/** What is said of signatures. */
export function signedWords(signed: SignedState | undefined, t: T): string | null {
  if (signed === undefined) return null
  if (signed.state === 'signed') return t('library.signed', { by: signed.by.join('、') })
  return t(signed.state === 'unsound' ? 'library.unsound' : 'library.unsigned')
}
