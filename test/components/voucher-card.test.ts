/** @jest-environment jsdom */
import { toVoucherCard } from '../../miniprogram/view/voucher';
import { aVoucher, NOW_MS } from '../view/vouchers';
import { describeComponent } from './support/simulate';

describeComponent('components/voucher-card/voucher-card', render => {
  const card = toVoucherCard(aVoucher(), NOW_MS);
  const NAME = `${card.title}，${card.statusText}，${card.next}`;

  test('what it is, where it stands, what it is worth, what to do next', () => {
    const shown = render({ card });

    for (const words of [
      card.title,
      card.kind,
      card.statusText,
      '电工初级班',
      '800.00元',
      card.next,
      card.hurry,
    ])
      expect(shown.text).toContain(words);
    expect(shown.labels).toEqual([NAME, `状态：${card.statusText}`, '800.00元']);
  });

  test('a tap opens its page', async () => {
    const shown = render({ card });
    const opened = shown.listen('open');

    await shown.labelled(NAME).tap();

    expect(opened).toEqual([{ url: '/worker/claim/claim?id=class-1-person-1' }]);
    expect(shown.labelled(NAME).attributes['ariaRole']).toBe('button');
  });

  test('plain: the same words, no button', async () => {
    const shown = render({ card, plain: true });
    const opened = shown.listen('open');

    await shown.labelled(NAME).tap();

    expect(opened).toEqual([]);
    expect(shown.labelled(NAME).attributes).toMatchObject({ ariaRole: 'text', hoverClass: '' });
  });

  test('a voucher without a printed value shows no amount, not even nought', () => {
    const { faceValueFen: _none, ...voucher } = aVoucher({ functionMode: 'credit' });

    expect(render({ card: toVoucherCard(voucher, NOW_MS) }).text).not.toContain('元');
  });

  test('neither class nor hurry: no empty lines for them', () => {
    const { className: _none, ...voucher } = aVoucher({ status: 'settled' });
    const shown = render({ card: toVoucherCard(voucher, NOW_MS) });

    expect([...shown.classed('class-name'), ...shown.classed('hurry')]).toEqual([]);
  });

  test('its state colours card and tag alike', () => {
    const shown = render({ card: toVoucherCard(aVoucher({ status: 'voided' }), NOW_MS) });

    expect(shown.classed('dead').map(({ attributes }) => attributes['class'])).toEqual([
      'voucher dead',
      'tag dead',
    ]);
  });

  test('follows its voucher', () => {
    const shown = render({ card });

    shown.set({ card: toVoucherCard(aVoucher({ status: 'used', faceValueFen: 90_000 }), NOW_MS) });

    expect(shown.text).toContain('900.00元');
    expect(shown.text).not.toContain(card.next);
  });

  test.each([undefined, null])('no voucher yet (%p): nothing', none => {
    expect(render({ card: none }).text).toBe('');
  });
});
