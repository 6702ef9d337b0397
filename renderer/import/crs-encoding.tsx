import { LOCAL_METRES } from '#core/model/local-metres.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { SelectField, TextField } from '../ui/fields.tsx'
import { digits } from '../checklist/entry-draft.ts'
import { layerQuestions, type LayerDraft } from '#core/intake/draft.ts'
import { GuessNote } from './guess-note.tsx'

interface AnswerProps {
  layer: LayerDraft
  onChange: (layer: LayerDraft) => void
}

/** "4547", "epsg 4547" and full-width digits all mean EPSG:4547. */
export function readCrs(typed: string): string {
  const plain = digits(typed)
  const code = /^(?:epsg[\s:：]*)?(\d{4,6})$/i.exec(plain)?.[1]
  return code ? `EPSG:${code}` : plain
}

/** Where the layer lies on Earth; must be said when the file does not say it. */
export function CrsAnswer({ layer, onChange }: AnswerProps) {
  const { t } = useWords()
  const open = layerQuestions(layer)
  if (layer.found.kind === null || layer.role === 'leave-out') return <div />
  const local = layer.crs === LOCAL_METRES
  const confirmed = { ...layer.confirmed, crs: true }
  const asks = open.includes('crs') || open.includes('confirm-crs')
  const set = (crs: string) => onChange({ ...layer, crs, confirmed })
  return (
    <div className={asks ? 'answer must-answer' : 'answer'}>
      {local ? (
        <SelectField
          label={t('importing.crs')}
          value="local"
          choices={[
            { id: 'local', label: t('importing.crsLocal') },
            { id: 'code', label: t('importing.crsCustom') },
          ]}
          placeholder={t('importing.crs')}
          onChange={(choice) => choice === 'code' && set('')}
        />
      ) : (
        <TextField
          label={t('importing.crs')}
          value={layer.crs}
          onChange={(typed) => set(readCrs(typed))}
          placeholder={t('importing.crsCustom')}
          error={open.includes('crs') && layer.crs !== '' ? t('importing.crsInvalid') : null}
        />
      )}
      {open.includes('crs') && (
        <div>
          <Button look="link" onPress={() => set(LOCAL_METRES)}>
            {t('importing.crsChoose')}
          </Button>
        </div>
      )}
      <GuessNote
        guess={layer.found.crs}
        confirmed={!asks}
        onConfirm={open.includes('confirm-crs') ? () => onChange({ ...layer, confirmed }) : null}
      />
    </div>
  )
}

const ENCODINGS = ['UTF-8', 'GB18030', 'GBK', 'Big5', 'ISO-8859-1', 'windows-1252'] as const

const isPlain = (text: string) => /^[ -~]*$/.test(text)

/** How the layer's words are written; its own values show whether that is right. */
export function EncodingAnswer({ layer, onChange }: AnswerProps) {
  const { t } = useWords()
  const open = layerQuestions(layer)
  const { found } = layer
  if (layer.role === 'leave-out' || (found.encoding.value === null && layer.encoding === '')) return <div />
  const asks = open.includes('encoding') || open.includes('confirm-encoding')
  const confirmed = { ...layer.confirmed, encoding: true }
  const known: string[] = [...ENCODINGS]
  const choices = (known.includes(layer.encoding) || layer.encoding === '' ? known : [layer.encoding, ...known]).map((id) => ({
    id,
    label: id,
  }))
  const texts = found.sourceFields.filter(({ type }) => type === 'text').flatMap(({ samples: values }) => values)
  // Digits read the same in every encoding: only other words show whether it is right.
  const samples = texts.toSorted((a, b) => Number(isPlain(a)) - Number(isPlain(b)))
  return (
    <div className={asks ? 'answer must-answer' : 'answer'}>
      <SelectField
        label={t('importing.encoding')}
        value={layer.encoding === '' ? null : layer.encoding}
        choices={choices}
        placeholder={t('importing.encoding')}
        onChange={(encoding) => onChange({ ...layer, encoding, confirmed })}
      />
      <GuessNote
        guess={found.encoding}
        confirmed={!asks}
        onConfirm={open.includes('confirm-encoding') ? () => onChange({ ...layer, confirmed }) : null}
      />
      {samples.length > 0 && <p className="guess">{t('importing.samples', { values: samples.slice(0, 3).join(' · ') })}</p>}
    </div>
  )
}
