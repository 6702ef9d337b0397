import { createBackend } from '#backend/backend.ts'
import { answerMain } from '#backend/link-backend.ts'

/* Entry of the utility process: the same backend as everywhere, told by the main process where its catalogue is. */
answerMain(process.parentPort, createBackend, () => process.exit(0))
