import { Table2 } from 'lucide-react'
import type { Measurement } from '#core/model/measurement.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'

/** The way from an item to the tables and charts of its measurement; nothing where it has none. */
export function OpenTables({ measurement }: { measurement: Measurement }) {
  const { t } = useWords()
  const go = useUi((state) => state.go)
  const route = useUi((state) => state.route)
  const count = measurement.tables?.length ?? 0
  if (count === 0 || !('planId' in route)) return null
  const { planId } = route
  return (
    <div>
      <Button size="small" onPress={() => go({ page: 'results', planId, indicator: measurement.id, table: null })}>
        <Table2 className="icon" aria-hidden />
        {t('results.openOf', { count })}
      </Button>
    </div>
  )
}
