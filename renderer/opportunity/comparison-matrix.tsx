import { TriangleAlert } from 'lucide-react'
import { chosenWeights, SUGGESTED_COMPARISONS } from '#core/opportunity/choice.ts'
import { CRITERIA } from '#core/opportunity/criteria.ts'
import { formatFixed } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { nearestStep, SCALE, scaleWords, withPair } from './pairs.ts'

interface MatrixProps {
  matrix: readonly (readonly number[])[]
  onChange: (matrix: number[][]) => void
}

/** Every criterion against every other; the lower half mirrors the upper one. Weights and consistency follow at once. */
export function ComparisonMatrix({ matrix, onChange }: MatrixProps) {
  const { t, say } = useWords()
  const names = CRITERIA.map(({ zh, en }) => say({ zh, en }))
  const asMatrix = matrix.map((row) => [...row])
  const { weights, consistencyRatio = 0, isConsistent } = chosenWeights({ kind: 'compared', matrix: asMatrix })
  return (
    <>
      <p className="quiet">{t('opportunity.matrixHint')}</p>
      <div className="pair-scroll">
        <table className="pair-matrix" aria-label={t('opportunity.matrix')}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t('opportunity.criteria')}</span>
              </th>
              {names.map((name, at) => (
                <th key={name} scope="col" title={name}>
                  <span aria-hidden>{at + 1}</span>
                  <span className="visually-hidden">{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {CRITERIA.map(({ id }, row) => (
              <tr key={id}>
                <th scope="row">
                  <span className="number quiet">{row + 1}</span> {names[row]}{' '}
                  <strong className="number">{`${Math.round(weights[id] * 100)} %`}</strong>
                </th>
                {CRITERIA.map(({ id: other }, column) => (
                  <td key={other}>
                    {column > row ? (
                      <select
                        className="pair-select number"
                        aria-label={t('opportunity.pair', { one: names[row] ?? '', other: names[column] ?? '' })}
                        value={nearestStep(matrix[row]?.[column] ?? 1)}
                        onChange={(event) => onChange(withPair(matrix, row, column, Number(event.target.value)))}
                      >
                        {SCALE.map((step) => (
                          <option key={step} value={step}>
                            {scaleWords(step)}
                          </option>
                        ))}
                      </select>
                    ) : (
                      <span className="number quiet">{scaleWords(matrix[row]?.[column] ?? 1)}</span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={isConsistent ? 'quiet' : 'notice warn'} role="status">
        {!isConsistent && <TriangleAlert className="icon" aria-hidden />}
        <span>
          <strong className="number">{t('opportunity.consistency', { ratio: formatFixed(consistencyRatio, 3) })}</strong>{' '}
          {t(isConsistent ? 'opportunity.consistent' : 'opportunity.inconsistent')}
        </span>
      </p>
      <Button look="link" size="small" onPress={() => onChange(SUGGESTED_COMPARISONS.map((row) => [...row]))}>
        {t('opportunity.suggested')}
      </Button>
    </>
  )
}
