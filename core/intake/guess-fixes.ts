import type { Guess, InspectedLayer, IntakeFix } from '../model/inspection.ts'
import type { Note } from '../model/plan.ts'
import { bilingual } from '../text.ts'

/** Above it an encoding is sure enough that other ones are not offered. */
const OFFER_BELOW = 0.8

const asFixes = ({ doubt, others = [] }: Guess<string | null>, what: 'crs' | 'encoding', fallback: string): IntakeFix[] =>
  others.flatMap(({ value, confidence, reason }) =>
    value === null
      ? []
      : [
          {
            code: `${what}.set`,
            problem: doubt?.code ?? fallback,
            title: bilingual(`按 ${value} 读取`, `Read it as ${value}`),
            reason,
            confidence,
            change: what === 'crs' ? { crs: value } : { encoding: value },
          },
        ],
  )

/** What the guesses about a layer's system and encoding question, as problems with the other values as remedies. */
export function guessProblems({ crs, encoding, kind }: Pick<InspectedLayer, 'crs' | 'encoding' | 'kind'>): {
  problems: Note[]
  fixes: IntakeFix[]
} {
  const guesses = kind === null ? [encoding] : [crs, encoding]
  const problems = guesses.flatMap(({ doubt }) => (doubt ? [doubt] : []))
  const encodingFixes =
    encoding.doubt || encoding.confidence < OFFER_BELOW ? asFixes(encoding, 'encoding', 'encoding.unsure') : []
  const unsure: Note[] =
    encodingFixes.length > 0 && !encoding.doubt
      ? [{ severity: 'info', code: 'encoding.unsure', text: encoding.reason, params: { value: encoding.value } }]
      : []
  return {
    problems: [...problems, ...unsure],
    fixes: [...(kind === null ? [] : asFixes(crs, 'crs', 'crs.unsure')), ...encodingFixes],
  }
}
