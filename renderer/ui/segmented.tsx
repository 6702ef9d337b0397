import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { ReactNode } from 'react'

interface SegmentedProps<T extends string> {
  label: string
  value: T
  segments: readonly { id: T; label: ReactNode; name?: string }[]
  onChange: (value: T) => void
}

/** A few choices side by side, one always chosen. */
export function Segmented<T extends string>({ label, value, segments, onChange }: SegmentedProps<T>) {
  return (
    <ToggleButtonGroup
      className="segmented"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = segments.find(({ id }) => keys.has(id))
        if (chosen) onChange(chosen.id)
      }}
    >
      {segments.map(({ id, label: words, name }) => (
        <ToggleButton key={id} id={id} className="segment" aria-label={name}>
          {words}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
