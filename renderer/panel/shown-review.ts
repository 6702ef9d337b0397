import { create } from 'zustand'
import type { PlanId, ReviewId } from '#core/model/ids.ts'

/** An expert's review that the workbench shows instead of the lead's. */
export interface ShownReview {
  planId: PlanId
  checklistId: string
  reviewId: ReviewId
}

/** Whose review the workbench shows; null is the lead's. It holds for its plan and checklist only. */
export const useShownReviewStore = create<{ shown: ShownReview | null; show: (shown: ShownReview | null) => void }>()((set) => ({
  shown: null,
  show: (shown) => set({ shown }),
}))
