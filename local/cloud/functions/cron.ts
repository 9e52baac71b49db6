import { Cron } from 'croner';

/** The platform's timers are in China's time, whatever the functions' time zone. */
const TIME_ZONE = 'Asia/Shanghai';

/** Seven fields, second to year; day and weekday are alternatives, as on the platform. Throws when malformed. */
export const toCron = (expression: string): Cron =>
  new Cron(expression, { timezone: TIME_ZONE, paused: true, mode: '7-part' });
