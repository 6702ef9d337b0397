import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'

/** One side of a desk's panel: its tab and what is behind it. */
export interface PanelTab<Id extends string> {
  id: Id
  icon: LucideIcon
  title: string
  /** Shown beside the title unless it is nought. */
  count?: number
  content: ReactNode
}

interface TabbedPanelProps<Id extends string> {
  label: string
  chosen: Id
  tabs: readonly PanelTab<Id>[]
  onChoose: (id: Id) => void
}

/** A panel of the desk that has several sides, one of them in sight. */
export function TabbedPanel<Id extends string>({ label, chosen, tabs, onChoose }: TabbedPanelProps<Id>) {
  return (
    <Tabs
      className="review-tabs"
      selectedKey={chosen}
      onSelectionChange={(key) => {
        const tab = tabs.find(({ id }) => id === key)
        if (tab) onChoose(tab.id)
      }}
    >
      <TabList className="tab-list" aria-label={label}>
        {tabs.map(({ id, icon: Icon, title, count = 0 }) => (
          <Tab key={id} id={id} className="tab">
            <Icon className="icon" aria-hidden />
            {title}
            {count > 0 && <span className="tab-count number">{count}</span>}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ id, content }) => (
        <TabPanel key={id} id={id} className="tab-panel">
          {content}
        </TabPanel>
      ))}
    </Tabs>
  )
}
