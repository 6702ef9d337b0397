import { Meter as AriaMeter } from 'react-aria-components'

interface MeterProps {
  label: string
  /** 0..1 */
  share: number
  text: string
}

/** A share as a bar with its words; for what is reached, not for what is running. */
export const Meter = ({ label, share, text }: MeterProps) => (
  <AriaMeter className="meter" aria-label={label} value={share * 100} valueLabel={text}>
    <div className="bar">
      <div className="bar-fill" style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
    </div>
  </AriaMeter>
)
