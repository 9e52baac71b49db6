import { groupCount, minusFen, yuanText, type Fen } from '../../contract/fen';
import { LIMITS } from '../../contract/limits';
import type { BatchView } from '../../contract/settlement';
import { formatDay, toShanghaiDay } from '../../view/days';
import type { Fact } from '../../view/voucher';
import { readLine } from './identifiers';
import { readYuan } from './numbers';

export interface PaymentForm {
  amount: string;
  paidOn: string;
  reference: string;
}

export type PaymentErrors = Partial<Record<keyof PaymentForm, string>>;

export interface Payment {
  paidFen: Fen;
  paidOn: string;
  reference: string;
}

/** What a payment must agree with; days as '2026-11-24'. */
export interface PaymentBounds {
  totalFen: Fen;
  approvedOn: string;
  today: string;
}

export function paymentBounds({ totalFen, history }: BatchView, nowMs: number): PaymentBounds {
  const approvals = history.filter(({ command }) => command === 'approve');
  const approval = approvals[approvals.length - 1];
  return {
    totalFen,
    approvedOn: approval === undefined ? '' : toShanghaiDay(approval.atMs),
    today: toShanghaiDay(nowMs),
  };
}

type PaymentRead = { ok: true; payment: Payment } | { ok: false; errors: PaymentErrors };

/** The amount is typed, not taken over: who pays reads the figure once more. It must be the batch's total to the fen. */
export function readPayment(form: PaymentForm, facts: PaymentBounds): PaymentRead {
  const amount = readYuan(form.amount);
  const reference = readLine(form.reference, '拨付凭证号', LIMITS.referenceCharsMax);
  const dayError = findDayError(form.paidOn, facts);
  if (amount.ok && reference.ok && dayError === '' && amount.value === facts.totalFen) {
    return { ok: true, payment: { paidFen: amount.value, paidOn: form.paidOn, reference: reference.value } };
  }
  const errors: PaymentErrors = {};
  if (!amount.ok) errors.amount = amount.error;
  else if (amount.value !== facts.totalFen) errors.amount = differenceText(amount.value, facts.totalFen);
  if (!reference.ok) errors.reference = reference.error;
  if (dayError !== '') errors.paidOn = dayError;
  return { ok: false, errors };
}

const differenceText = (typedFen: Fen, totalFen: Fen): string =>
  `与批次总额 ${yuanText(totalFen)}不一致，${
    typedFen > totalFen
      ? `多了 ${yuanText(minusFen(typedFen, totalFen))}`
      : `少了 ${yuanText(minusFen(totalFen, typedFen))}`
  }`;

function findDayError(paidOn: string, { approvedOn, today }: PaymentBounds): string {
  if (paidOn === '') return '请选择拨付日期';
  if (paidOn < approvedOn) return `拨付日期不能早于复审通过的${formatDay(approvedOn)}`;
  return paidOn > today ? '拨付日期不能晚于今天' : '';
}

export const paymentFacts = (batch: BatchView, payment: Payment): Fact[] => [
  { label: '收款机构', value: batch.institutionName },
  { label: '张数', value: `${groupCount(batch.count)} 张` },
  { label: '拨付金额', value: yuanText(payment.paidFen) },
  { label: '拨付日期', value: formatDay(payment.paidOn) },
  { label: '凭证号', value: payment.reference },
];
