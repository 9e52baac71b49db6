/** The one environment of a local cloud. Functions reach it as the current environment; scripts may name any other. */
export const ENVIRONMENT_ID = 'local-env';

/** The mini-program's appid as functions see it. */
export const APP_ID = 'wx0000000000local';
