import type { LucideIcon } from 'lucide-react'
import { useState, type DragEvent, type ReactNode } from 'react'
import type { FileToken } from '#core/model/ids.ts'
import type { useChooseFiles } from '../api/use-choose-files.ts'
import { droppedFiles, droppedItems } from './dropped-files.ts'
import './import.css'

interface DropZoneProps {
  choose: ReturnType<typeof useChooseFiles>
  onChosen: (files: FileToken) => void
  icon: LucideIcon
  title: string
  text: string
  /** In a dialog that is as tall as what is in it. */
  isLow?: boolean
  /** The buttons that do the same by keyboard; `pass` takes what they chose. */
  children: (pass: (chosen: Promise<FileToken | null>) => void) => ReactNode
}

/** A place for files: dropped on it, or chosen by the buttons in it. */
export function DropZone({ choose, onChosen, icon: Icon, title, text, isLow = false, children }: DropZoneProps) {
  const [over, setOver] = useState(false)
  const pass = async (chosen: Promise<FileToken | null>) => {
    const token = await chosen
    if (token !== null) onChosen(token)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const files = window.greenprint ? Promise.resolve(droppedItems(event.dataTransfer)) : droppedFiles(event.dataTransfer)
    void pass(files.then(choose.take))
  }
  const classes = ['drop-zone', ...(over ? ['over'] : []), ...(isLow ? ['low'] : [])]
  return (
    // Dropping is a shortcut for the buttons inside, which do the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={classes.join(' ')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon className="icon" strokeWidth={1.4} aria-hidden />
      <h3>{title}</h3>
      <p className="quiet">{text}</p>
      <div className="row">{children((chosen) => void pass(chosen))}</div>
    </div>
  )
}
