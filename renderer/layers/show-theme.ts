import { withTheme } from '#core/map/themes.ts'
import type { PlanId } from '#core/model/ids.ts'
import { changeLookOf, useLookStore } from '../workbench/look-store.ts'

/** Shows a theme of a plan in the place of what its desk shows: at once, or as soon as the desk is there. */
export const showTheme = (planId: PlanId, name: string): void =>
  changeLookOf(planId, (look) => {
    const theme = look.themes.find((one) => one.name === name)
    if (theme === undefined) return look
    useLookStore.getState().showOnly(null)
    return withTheme(look, theme)
  })
