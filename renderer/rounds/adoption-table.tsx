import { ClipboardList, FileSpreadsheet, FileText } from 'lucide-react'
import { useState } from 'react'
import type { PlanId } from '#core/model/ids.ts'
import { ADOPTION_OPEN, ADOPTION_WORDS, type AdoptionRow } from '#core/review/adoption.ts'
import { ADOPTIONS, statusOf, type Adoption } from '#core/review/finding.ts'
import { STATUS_WORDS } from '#core/review/words.ts'
import { useCommand } from '../api/use-api.tsx'
import { useFileExport } from '../api/use-file-export.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'
import { FormatMenu } from '../ui/format-menu.tsx'
import { Segmented } from '../ui/segmented.tsx'

function AdoptDialog({ row, onClose }: { row: AdoptionRow; onClose: () => void }) {
  const { t, say } = useWords()
  const adopt = useCommand('rounds.adopt')
  const [adoption, setAdoption] = useState<Adoption>(row.adoption ?? 'adopted')
  const [explanation, setExplanation] = useState(row.explanation)
  const save = async () => {
    if (await adopt.run({ findingId: row.finding.id, adoption, explanation })) onClose()
  }
  return (
    <Dialog
      title={t('rounds.adoptTitle', { number: row.finding.number })}
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" isDisabled={adopt.busy} onPress={() => void save()}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{row.finding.text}</p>
        {row.answer !== '' && (
          <p>
            <span className="quiet">{t('rounds.answer')}</span> {row.answer}
          </p>
        )}
        <Segmented
          label={t('rounds.adoptionOf')}
          value={adoption}
          segments={ADOPTIONS.map((id) => ({ id, label: say(ADOPTION_WORDS[id]) }))}
          onChange={setAdoption}
        />
        <TextField label={t('rounds.explanation')} value={explanation} onChange={setExplanation} rows={3} />
        {adopt.error !== null && <ErrorNotice error={adopt.error} />}
      </div>
    </Dialog>
  )
}

interface AdoptionTableProps {
  rows: readonly AdoptionRow[]
  planId: PlanId
  checklistId: string
  planTitle: string
}

/** 采纳情况表: every earlier finding with what was answered, what became of it, and why. */
export function AdoptionTable({ rows, planId, checklistId, planTitle }: AdoptionTableProps) {
  const { t, say } = useWords()
  const [open, setOpen] = useState<AdoptionRow | null>(null)
  const leaving = useFileExport('rounds.export')
  if (rows.length === 0)
    return (
      <EmptyState icon={ClipboardList} title={t('rounds.noAdoption')}>
        <p className="quiet">{t('rounds.nothingCarriedText')}</p>
      </EmptyState>
    )
  return (
    <>
      <div className="row row-wrap">
        <p className="quiet">{t('rounds.adoptionHint')}</p>
        <span className="spacer" />
        <FormatMenu
          label={t('rounds.export')}
          isDisabled={leaving.busy}
          formats={[
            { id: 'csv', icon: FileText, label: 'CSV' },
            { id: 'xlsx', icon: FileSpreadsheet, label: 'XLSX' },
          ]}
          onChoose={(format) =>
            void leaving.start(`${planTitle}-${t('rounds.adoption')}.${format}`, { planId, checklistId, format })
          }
        />
      </div>
      {leaving.error !== null && <ErrorNotice error={leaving.error} />}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- wide on a narrow window: it scrolls by itself */}
      <div className="round-table" tabIndex={0} role="region" aria-label={t('rounds.adoption')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('rounds.number')}</th>
              <th scope="col">{t('rounds.finding')}</th>
              <th scope="col">{t('rounds.answer')}</th>
              <th scope="col">{t('rounds.adoptionOf')}</th>
              <th scope="col">{t('rounds.explanation')}</th>
              <th scope="col">{t('rounds.edit')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.finding.id}>
                <th scope="row" className="number">
                  {row.finding.number}
                </th>
                <td>
                  {row.finding.text}
                  {row.finding.item !== null && <span className="quiet"> {row.finding.item}</span>}
                </td>
                <td>{row.answer === '' ? <span className="quiet">—</span> : row.answer}</td>
                <td>
                  <span className={`chip ${TONES[row.adoption ?? 'open']}`}>
                    {say(row.adoption === null ? ADOPTION_OPEN : ADOPTION_WORDS[row.adoption])}
                  </span>
                  <span className="quiet round-status">{say(STATUS_WORDS[statusOf(row.finding)])}</span>
                </td>
                <td>{row.explanation === '' ? <span className="quiet">—</span> : row.explanation}</td>
                <td>
                  <Button
                    size="small"
                    aria-label={t('rounds.adoptTitle', { number: row.finding.number })}
                    onPress={() => setOpen(row)}
                  >
                    {t('rounds.adopt')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open && <AdoptDialog row={open} onClose={() => setOpen(null)} />}
    </>
  )
}

const TONES: Record<Adoption | 'open', string> = { adopted: 'good', partly: 'warn', not: 'bad', open: '' }
