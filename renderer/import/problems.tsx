import { CircleCheck, Eye, Info, TriangleAlert, Undo2, Wrench } from 'lucide-react'
import { useState } from 'react'
import { differingChoice } from '#core/intake/answers.ts'
import type { LayerDraft } from '#core/intake/draft.ts'
import { applyFix, canUndoFix, fixKey, isApplied, undoFix } from '#core/intake/fixes.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { InspectedLayer, IntakeFix, LayerChoice, LayerPlace } from '#core/model/inspection.ts'
import type { Note } from '#core/model/plan.ts'
import { wholePercent } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { FixPreview } from './fix-preview.tsx'
import type { OverviewLayer } from './overview-map.tsx'
import type { Reading } from './use-readings.ts'

export interface ProblemsProps {
  files: FileToken | null
  layer: LayerDraft
  reading: Reading | undefined
  others: readonly OverviewLayer[]
  /** Where the layers of the other files lie. */
  beside: LayerPlace[]
  onChange: (layer: LayerDraft) => void
}

type FixProps = Omit<ProblemsProps, 'reading'> & { fix: IntakeFix }

function Fix({ files, layer, fix, others, beside, onChange }: FixProps) {
  const { t, say } = useWords()
  const [previewed, setPreviewed] = useState(false)
  const key = fixKey(fix)
  const applied = isApplied(layer, key)
  return (
    <li className={applied ? 'fix applied' : 'fix'}>
      <div className="fix-row">
        <Wrench className="icon" aria-hidden />
        <div className="fix-words">
          <strong>{say(fix.title)}</strong>
          <span className="guess">
            {t('importing.why', { reason: say(fix.reason) })}{' '}
            <span className="number">{t('importing.confidence', { percent: wholePercent(fix.confidence) })}</span>
          </span>
        </div>
        {applied ? (
          <>
            <span className="chip good">
              <CircleCheck className="icon" aria-hidden />
              {t('importing.fixApplied')}
            </span>
            <Button size="small" onPress={() => onChange(undoFix(layer, key))} isDisabled={!canUndoFix(layer, key)}>
              <Undo2 className="icon" aria-hidden />
              {t('importing.fixUndo')}
              <span className="visually-hidden">{say(fix.title)}</span>
            </Button>
          </>
        ) : (
          <>
            {files !== null && (
              <Button size="small" look="bare" aria-expanded={previewed} onPress={() => setPreviewed(!previewed)}>
                <Eye className="icon" aria-hidden />
                {t(previewed ? 'importing.fixHide' : 'importing.fixPreview')}
                <span className="visually-hidden">{say(fix.title)}</span>
              </Button>
            )}
            <Button size="small" onPress={() => onChange(applyFix(layer, fix))}>
              {t('importing.fixApply')}
              <span className="visually-hidden">{say(fix.title)}</span>
            </Button>
          </>
        )}
      </div>
      {previewed && !applied && files !== null && (
        <FixPreview files={files} layer={layer} fix={fix} others={others} beside={beside} />
      )}
    </li>
  )
}

/** Remedies shown at once; the less likely ones are one press away. */
const FIRST_FIXES = 3

function Fixes({ fixes, ...props }: Omit<FixProps, 'fix'> & { fixes: readonly IntakeFix[] }) {
  const { t } = useWords()
  const [all, setAll] = useState(false)
  const isShown = (fix: IntakeFix, index: number) => all || index < FIRST_FIXES || isApplied(props.layer, fixKey(fix))
  const shown = fixes.filter(isShown)
  if (fixes.length === 0) return null
  return (
    <>
      <ul className="fixes">
        {shown.map((fix) => (
          <Fix key={fixKey(fix)} {...props} fix={fix} />
        ))}
      </ul>
      {shown.length < fixes.length && (
        <div className="more-fixes">
          <Button look="link" onPress={() => setAll(true)}>
            {t('importing.fixMore', { count: fixes.length - shown.length })}
          </Button>
        </div>
      )}
    </>
  )
}

/** A problem is only solved by an answer about it: of some, a layer that is read again says nothing. */
function isAsked({ code }: Note, choice: LayerChoice | null): boolean {
  if (choice === null) return false
  if (code?.startsWith('crs.')) return choice.crs !== undefined || choice.swapAxes === true
  return code?.startsWith('encoding.') ? choice.encoding !== undefined : true
}

/** What was found, and what the answers brought to light; what they solved is marked, not hidden. */
function problemsNow(layer: LayerDraft, reading: Reading | undefined): { problem: Note; solved: boolean }[] {
  const { found } = layer
  const choice = differingChoice(layer)
  if (reading === undefined || 'error' in reading) return found.problems.map((problem) => ({ problem, solved: false }))
  const now = reading.layer.problems
  const same = (a: Note) => (b: Note) => a.text.en === b.text.en || (a.code !== undefined && a.code === b.code)
  return [
    ...found.problems.map((problem) => ({ problem, solved: isAsked(problem, choice) && !now.some(same(problem)) })),
    ...now.filter((problem) => !found.problems.some(same(problem))).map((problem) => ({ problem, solved: false })),
  ]
}

/** Remedies of the file as found and as read now, each once. */
export function fixesNow(found: InspectedLayer, reading: Reading | undefined): IntakeFix[] {
  const later = reading !== undefined && 'layer' in reading ? (reading.layer.fixes ?? []) : []
  const all = new Map([...(found.fixes ?? []), ...later].map((fix) => [fixKey(fix), fix]))
  return [...all.values()]
}

/** Problems of a layer, each with its remedies: one press applies one, another takes it back. */
export function Problems(props: ProblemsProps) {
  const { t, say } = useWords()
  const { layer, reading } = props
  const fixes = fixesNow(layer.found, reading)
  const problems = problemsNow(layer, reading)
  const answered = new Set(problems.map(({ problem }) => problem.code))
  const rest = fixes.filter(({ problem }) => !answered.has(problem))
  if (problems.length === 0 && rest.length === 0) return null
  return (
    <section>
      <h4>{t('importing.problems')}</h4>
      <ul className="problems">
        {problems.map(({ problem, solved }, index) => (
          <li key={problem.text.en}>
            <div className={solved ? 'problem solved' : `problem ${problem.severity}`}>
              {solved ? (
                <CircleCheck className="icon" aria-hidden />
              ) : problem.severity === 'info' ? (
                <Info className="icon" aria-hidden />
              ) : (
                <TriangleAlert className="icon" aria-hidden />
              )}
              <span>
                {say(problem.text)}
                {solved && <span className="chip good">{t('importing.problemSolved')}</span>}
              </span>
            </div>
            {problem.code !== undefined && problems.findIndex((one) => one.problem.code === problem.code) === index && (
              <Fixes {...props} fixes={fixes.filter((fix) => fix.problem === problem.code)} />
            )}
          </li>
        ))}
      </ul>
      <Fixes {...props} fixes={rest} />
    </section>
  )
}
