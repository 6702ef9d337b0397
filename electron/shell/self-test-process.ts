import { answerMain } from '#backend/link-backend.ts'
import { probingBackend } from '#backend/self-test-backend.ts'

/* Entry of the self-test's utility process: the backend's probes, run where the backend runs. */
answerMain(process.parentPort, probingBackend(), () => process.exit(0))
