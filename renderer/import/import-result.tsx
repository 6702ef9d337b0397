import { CircleCheck, Info, ScanSearch, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { TOPOLOGY_LAYER, type MapFault } from '#core/contract/map-data.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Layer, Note } from '#core/model/plan.ts'
import { roleInfo } from '#core/model/roles.ts'
import { useClient } from '../api/use-api.tsx'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { showFaults } from '../workbench/fault-list.tsx'

/** A plan that was stored, and what had to be done to its data. */
export interface Imported {
  planId: PlanId
  name: string
  layers: readonly Layer[]
}

/** Whether something was done to the data that a reviewer must have seen. */
export const wasChanged = ({ layers }: Pick<Imported, 'layers'>): boolean =>
  layers.some(({ notes }) => notes.some(({ severity }) => severity === 'warning'))

/** Notes about places that the map can show. */
const faultKind = ({ code }: Note): MapFault['kind'] | null =>
  code === 'topology.overlaps' ? 'overlap' : code === 'topology.gaps' ? 'gap' : null

/** What the import did to the data: repairs with their areas, features left out, values not understood. Never in silence. */
export function ImportResult({ imported, onOpen }: { imported: Imported; onOpen: (planId: PlanId) => void }) {
  const { t, lang, say } = useWords()
  const client = useClient()
  const [failure, setFailure] = useState<unknown>(null)
  /** Opens the plan where the overlaps or gaps of a layer are. */
  const showOnMap = async ({ table }: Layer, kind: MapFault['kind']) => {
    const { layers } = await client.call('map.setup', { planId: imported.planId })
    const faults = layers.find(({ id }) => id === TOPOLOGY_LAYER)?.faults ?? []
    onOpen(imported.planId)
    showFaults(
      imported.planId,
      faults.filter((fault) => fault.table === table && fault.kind === kind),
    )
  }
  return (
    <>
      <p className="notice good">
        <CircleCheck className="icon" aria-hidden />
        {t('importing.done', { name: imported.name })}
      </p>
      {failure !== null && <ErrorNotice error={failure} />}
      <section className="stack" aria-labelledby="import-result">
        <h3 id="import-result">{t('importing.resultNotes')}</h3>
        <ul className="import-layers">
          {imported.layers
            .filter(({ notes }) => notes.length > 0)
            .map((layer) => (
              <li key={layer.id} className="card result-layer">
                <strong>{say(roleInfo(layer.role).title)}</strong>{' '}
                <span className="quiet">
                  {layer.name} ·{' '}
                  {t('importing.features', { count: layer.features, formatted: formatCount(layer.features, lang) })}
                </span>
                <ul className="problems">
                  {layer.notes.map((note) => (
                    <li key={note.text.en}>
                      <div className={`problem ${note.severity}`}>
                        {note.severity === 'info' ? (
                          <Info className="icon" aria-hidden />
                        ) : (
                          <TriangleAlert className="icon" aria-hidden />
                        )}
                        <span>{say(note.text)}</span>
                        {faultKind(note) !== null && (
                          <Button size="small" onPress={() => void showOnMap(layer, faultKind(note) ?? 'gap').catch(setFailure)}>
                            <ScanSearch className="icon" aria-hidden />
                            {t('importing.showOnMap')}
                          </Button>
                        )}
                      </div>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
        </ul>
      </section>
    </>
  )
}
