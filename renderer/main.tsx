import './no-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { takeSessionToken } from './api/session.ts'
import { App } from './app.tsx'
import { firstLang, startI18n } from './i18n/i18n.ts'
import { bindRouteToAddress } from './state/ui-store.ts'
import './theme/index.css'
import { startRoom } from './theme/room.ts'
import { startTheme } from './theme/theme.ts'
import { allowOnlyOwnCode } from './trusted-types.ts'

allowOnlyOwnCode()
takeSessionToken()
bindRouteToAddress()
startTheme()
startRoom()
await startI18n(firstLang())

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
