/** Hotline of human resources and social security (人社热线): the same number all over the country. */
export const HOTLINE = '12333';
