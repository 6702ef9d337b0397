import { FileKey2, X } from 'lucide-react'
import { oldSystems, shiftedSystem } from '#core/intake/datum-shift-need.ts'
import type { ImportDraft } from '#core/intake/draft.ts'
import type { FileToken } from '#core/model/ids.ts'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'

interface DatumShiftProps {
  draft: ImportDraft
  /** The file that was chosen; it is known by its token alone, and only as long as this dialog lives. */
  chosen: FileToken | null
  onChoose: (file: FileToken | null) => void
}

/** Layers on Beijing 1954 or Xi'an 1980: the file with the seven parameters may be named here. Nothing of it reaches the screen. */
export function DatumShift({ draft, chosen, onChoose }: DatumShiftProps) {
  const { t } = useWords()
  const choose = useChooseFiles()
  const old = oldSystems(draft)
  if (old.length === 0 && chosen === null) return null
  const target = draft.kept.crs ?? shiftedSystem(draft)
  const pick = async () => {
    const file = await choose.pick('files', '.json')
    if (file !== null) onChoose(file)
  }
  return (
    <section className="stack" aria-labelledby="import-shift">
      <h3 id="import-shift">{t('importing.shiftTitle')}</h3>
      <p className="guess">
        {t(draft.kept.datumShift && chosen === null ? 'importing.shiftNamed' : 'importing.shiftText', {
          systems: old.join(', '),
        })}
      </p>
      {choose.error !== null && <ErrorNotice error={choose.error} />}
      <div className="row">
        <Button onPress={() => void pick()} isDisabled={choose.busy}>
          <FileKey2 className="icon" aria-hidden />
          {t(chosen === null ? 'importing.shiftChoose' : 'importing.shiftOther')}
        </Button>
        {chosen !== null && (
          <>
            <span className="chip good">{t('importing.shiftChosen', { crs: target ?? '–' })}</span>
            <Button look="bare" onPress={() => onChoose(null)}>
              <X className="icon" aria-hidden />
              {t('importing.shiftRemove')}
            </Button>
          </>
        )}
      </div>
    </section>
  )
}
