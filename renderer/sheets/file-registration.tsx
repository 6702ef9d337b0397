import { CRS_CODE } from '#core/model/manifest.ts'
import { useWords } from '../i18n/use-words.ts'
import { readCrs } from '../import/crs-encoding.tsx'
import { Button } from '../ui/button.tsx'
import { SelectField, TextField } from '../ui/fields.tsx'
import type { SheetDraft } from './use-sheet-draft.ts'

/** What the file says of its own place, why it is believed, and where it must be asked: its coordinate system. */
export function FileRegistration({ work }: { work: SheetDraft }) {
  const { t, say } = useWords()
  const { draft, page, registration } = work
  if (registration === null) return null
  return (
    <section className="file-registration" aria-label={t('sheets.registration')}>
      {page.registrations.length > 1 && (
        <SelectField
          label={t('sheets.registration')}
          value={String(draft.registration)}
          choices={page.registrations.map(({ reason }, index) => ({ id: String(index), label: `${index + 1}. ${say(reason)}` }))}
          placeholder={t('sheets.registration')}
          onChange={(index) => work.choose(Number(index))}
        />
      )}
      <p>
        {t('sheets.found')}：{say(registration.reason)}。{registration.neatline && t('sheets.neatline')}
      </p>
      <div className={work.asksCrs ? 'answer must-answer' : 'answer'}>
        <TextField
          label={t('sheets.crs')}
          value={draft.crs}
          onChange={(typed) => work.change({ crs: readCrs(typed) })}
          error={CRS_CODE.test(draft.crs) ? null : t('sheets.crsInvalid')}
          hint={say(registration.crs.reason)}
        />
        {work.asksCrs && (
          <Button look="link" onPress={() => work.change({ confirmed: true })}>
            {t('sheets.confirmCrs', { crs: draft.crs })}
          </Button>
        )}
      </div>
    </section>
  )
}
