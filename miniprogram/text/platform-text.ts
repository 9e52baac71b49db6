import type { DeliveryFailure, DeliveryProblem, PlatformRefusal } from '../contract/platform';

/** Why a message has not arrived at the ministry's platform; it is sent again by itself. */
const FAILURE_TEXTS: Record<DeliveryFailure, string> = {
  not_reached: '连不上部平台',
  no_answer: '部平台没有及时答复',
  platform_busy: '部平台忙，没有受理',
  answer_not_genuine: '部平台的答复验签不符',
  answer_unusable: '部平台的答复看不懂',
  answer_contradictory: '部平台答复的状态与这里不符',
  code_taken: '部平台给的券码与另一张券重复',
  person_unknown: '没有找到这名人员的身份信息',
};

/** Why the platform did not accept a step; somebody has to decide. */
const REFUSAL_TEXTS: Record<PlatformRefusal, string> = {
  voucher_unknown: '部平台没有这张券',
  state_differs: '这张券在部平台的状态不同',
  past_validity: '部平台认为已过有效期',
  person_refused: '部平台没有认可这名人员',
  other: '部平台没有说明原因',
};

/** The reason as a line, with the platform's own number where it gave one. */
export function deliveryProblemText(problem: DeliveryProblem): string {
  if (problem.kind === 'failed') return FAILURE_TEXTS[problem.reason];
  const { reason, platformCode } = problem;
  return platformCode === undefined
    ? REFUSAL_TEXTS[reason]
    : `${REFUSAL_TEXTS[reason]}（代码 ${platformCode}）`;
}
