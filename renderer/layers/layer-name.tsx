import type { LayerId, PlanId } from '#core/model/ids.ts'
import { roleInfo, type Role } from '#core/model/roles.ts'
import { useWords } from '../i18n/use-words.ts'
import { usePlanLook } from '../workbench/use-look.ts'

/** What a person calls a layer, as the tree does; else the name of what it holds. */
export function LayerName({ planId, layerId, role }: { planId: PlanId; layerId: LayerId; role: Role }) {
  const { say } = useWords()
  const { names } = usePlanLook(planId)
  return <>{names[layerId] ?? say(roleInfo(role).title)}</>
}
