import { useCallback, useEffect, useRef, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import type { Client } from '#core/contract/client.ts'
import { watchJobs } from './activity/jobs.ts'
import { connect } from './api/connect.ts'
import { ApiProvider } from './api/use-api.tsx'
import { useWords } from './i18n/use-words.ts'
import { LostScreen } from './lost-screen.tsx'
import { Screens } from './screens.tsx'

type Link = { state: 'connecting' } | { state: 'open'; client: Client } | { state: 'lost'; error: unknown }

/** Keeps one conversation with the backend, and says so when it is gone. */
function useConnection(): { link: Link; reconnect: () => void } {
  const [link, setLink] = useState<Link>({ state: 'connecting' })
  const started = useRef(false)
  const reconnect = useCallback(() => {
    setLink({ state: 'connecting' })
    connect().then(
      (unwatched) => {
        const client = watchJobs(unwatched)
        setLink({ state: 'open', client })
        client.onClose(() => setLink({ state: 'lost', error: null }))
      },
      (error: unknown) => setLink({ state: 'lost', error }),
    )
  }, [])
  useEffect(() => {
    if (started.current) return
    started.current = true
    reconnect()
  }, [reconnect])
  return { link, reconnect }
}

/** The whole screen: connected, connecting, or honest about being neither. */
export function App() {
  const { lang } = useWords()
  const { link, reconnect } = useConnection()
  return (
    <I18nProvider locale={lang === 'zh' ? 'zh-CN' : 'en-GB'}>
      {link.state === 'open' ? (
        <ApiProvider client={link.client}>
          <Screens />
        </ApiProvider>
      ) : (
        <LostScreen
          connecting={link.state === 'connecting'}
          error={link.state === 'lost' ? link.error : null}
          onReconnect={reconnect}
        />
      )}
    </I18nProvider>
  )
}
