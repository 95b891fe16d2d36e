import type { FollowPlan } from '../../../src/lifecycle/follow.ts';
import { ID } from '../ports.ts';

/** A plan to follow a command that was submitted at the beginning, and answered at once. */
export const PLAN: FollowPlan = {
  id: ID,
  submittedAt: 0,
  answeredAt: 0,
  startedWithin: 150_000,
  endedWithin: 60_000,
  goneAfter: { missingMs: 30_000, pastStartByMs: -Infinity },
};
