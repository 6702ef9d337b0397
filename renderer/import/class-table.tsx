import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { TextField } from '../ui/fields.tsx'
import type { LayerDraft } from './draft.ts'

const isLandUse = (role: LayerDraft['role']) => role === 'landuse_base' || role === 'landuse_plan'

/** Land classes as the file writes them; those that no crosswalk knows get a code here, or stay unknown on purpose. */
export function ClassTable({ layer, onChange }: { layer: LayerDraft; onChange(layer: LayerDraft): void }) {
  const { t, lang } = useWords()
  const { classes } = layer.found
  if (!isLandUse(layer.role) || classes.length === 0) return null
  const unknown = classes.filter(({ code }) => code === null)
  const set = (source: string, code: string) => onChange({ ...layer, classes: { ...layer.classes, [source]: code.trim() } })
  return (
    <section>
      <h4>
        {t('importing.classes')}{' '}
        <span className="chip good">{t('importing.classesKnown', { known: classes.length - unknown.length })}</span>{' '}
        {unknown.length > 0 && <span className="chip warn">{t('importing.classesUnknown', { count: unknown.length })}</span>}
      </h4>
      {unknown.length > 0 && (
        <table className="table class-table">
          <thead>
            <tr>
              <th>{t('importing.classSource')}</th>
              <th className="right">{t('importing.classCount')}</th>
              <th>{t('importing.classCode')}</th>
            </tr>
          </thead>
          <tbody>
            {unknown.map(({ source, count }) => (
              <tr key={source}>
                <td>{source}</td>
                <td className="right number">{formatCount(count, lang)}</td>
                <td>
                  <TextField
                    label={`${t('importing.classCode')}: ${source}`}
                    hideLabel
                    value={layer.classes[source] ?? ''}
                    onChange={(code) => set(source, code)}
                    placeholder={`${t('importing.classPlaceholder')} · ${t('importing.classIgnore')}`}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
