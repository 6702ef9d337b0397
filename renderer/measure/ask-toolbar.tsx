import {
  AppWindow,
  DraftingCompass,
  LassoSelect,
  Printer,
  RulerDimensionLine,
  SquareDashedMousePointer,
  Table,
  VectorSquare,
  type LucideIcon,
} from 'lucide-react'
import { ToggleButton, Toolbar, Tooltip, TooltipTrigger } from 'react-aria-components'
import { useAttributes } from '../attributes/attribute-store.ts'
import { useFindings } from '../findings/findings-store.ts'
import { useWords } from '../i18n/use-words.ts'
import { usePrint } from '../print/print-store.ts'
import { useUi } from '../state/ui-store.ts'
import { sendToWindow } from '../windows/use-windows.ts'
import { useWindows } from '../windows/windows-store.ts'
import { useAsk, type AskTool } from './ask-store.ts'

const TOOLS: readonly { tool: AskTool; icon: LucideIcon }[] = [
  { tool: 'box', icon: SquareDashedMousePointer },
  { tool: 'polygon', icon: LassoSelect },
  { tool: 'distance', icon: RulerDimensionLine },
  { tool: 'area', icon: VectorSquare },
  { tool: 'angle', icon: DraftingCompass },
]

/** Takes a tool in hand and gives the map the keys; the same tool again puts it away. */
export function takeTool(tool: AskTool | null): void {
  // Only one thing is drawn at a time.
  useFindings.getState().step({ do: 'cancel' })
  useAsk.getState().take(useAsk.getState().tool === tool ? null : tool)
  if (useAsk.getState().tool !== null) document.querySelector<HTMLElement>('.map-canvas')?.focus()
}

function Tool({ label, icon: Icon, isOn, onChange }: { label: string; icon: LucideIcon; isOn: boolean; onChange: () => void }) {
  return (
    <TooltipTrigger delay={500}>
      <ToggleButton className="ask-tool" aria-label={label} isSelected={isOn} onChange={onChange}>
        <Icon className="icon" aria-hidden />
      </ToggleButton>
      <Tooltip className="tooltip" placement="right" offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  )
}

/** The tools that ask the map: its table, selecting by box and polygon, measuring. */
export function AskToolbar() {
  const { t } = useWords()
  const tool = useAsk((state) => state.tool)
  const isOpen = useAttributes((state) => state.isOpen)
  const planId = useUi(({ route }) => (route.page === 'plan' ? route.planId : null))
  const isMapAway = useWindows((state) => state.away === 'map')
  const isPrinting = usePrint((state) => state.isOpen)
  return (
    <Toolbar className="ask-toolbar" orientation="vertical" aria-label={t('measure.tools')}>
      <Tool label={t('measure.table')} icon={Table} isOn={isOpen} onChange={() => useAttributes.getState().open(!isOpen)} />
      <Tool label={t('print.title')} icon={Printer} isOn={isPrinting} onChange={() => usePrint.getState().open(!isPrinting)} />
      {planId !== null && (
        <Tool label={t('windows.openMap')} icon={AppWindow} isOn={isMapAway} onChange={() => sendToWindow(planId, 'map')} />
      )}
      {TOOLS.map(({ tool: id, icon }) => (
        <Tool key={id} label={t(`measure.${id}`)} icon={icon} isOn={tool === id} onChange={() => takeTool(id)} />
      ))}
    </Toolbar>
  )
}
