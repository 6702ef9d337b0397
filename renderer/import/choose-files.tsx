import { FolderOpen, FolderUp } from 'lucide-react'
import { useState, type DragEvent } from 'react'
import type { FileToken } from '#core/model/ids.ts'
import type { useChooseFiles } from '../api/use-choose-files.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { droppedFiles, droppedItems } from './dropped-files.ts'

interface ChooseFilesProps {
  choose: ReturnType<typeof useChooseFiles>
  onChosen: (files: FileToken) => void
}

/** The first step: files or a folder, dropped or chosen. */
export function ChooseFiles({ choose, onChosen }: ChooseFilesProps) {
  const { t } = useWords()
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
  return (
    // Dropping is a shortcut for the two buttons inside, which do the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={over ? 'drop-zone over' : 'drop-zone'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FolderUp className="icon" strokeWidth={1.4} aria-hidden />
      <h3>{t('importing.dropTitle')}</h3>
      <p className="quiet">{t('importing.dropText')}</p>
      <div className="row">
        <Button look="primary" size="large" onPress={() => void pass(choose.pick('files'))} isDisabled={choose.busy}>
          {t('importing.pickFiles')}
        </Button>
        <Button size="large" onPress={() => void pass(choose.pick('folder'))} isDisabled={choose.busy}>
          <FolderOpen className="icon" aria-hidden />
          {t('importing.pickFolder')}
        </Button>
      </div>
    </div>
  )
}
