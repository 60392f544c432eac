const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const iso = (at: number): string => new Date(at).toISOString();

/** `2024-03-04T09:00:00.123Z` */
export const isoStamp = iso;

/** `2024-03-04 09:00:00,123` with the given mark before the milliseconds. */
export function spacedStamp(at: number, mark: string): string {
  return `${iso(at).slice(0, 10)} ${iso(at).slice(11, 19)}${mark}${iso(at).slice(20, 23)}`;
}

/** `09:00:00,123` */
export function clockStamp(at: number): string {
  return `${iso(at).slice(11, 19)},${iso(at).slice(20, 23)}`;
}

/** `240304 090000` */
export function shortStamp(at: number): string {
  const text = iso(at);
  return `${text.slice(2, 10).replaceAll('-', '')} ${text.slice(11, 19).replaceAll(':', '')}`;
}

/** `Mar  4 09:00:00` */
export function syslogStamp(at: number): string {
  const date = new Date(at);
  const day = String(date.getUTCDate()).padStart(2, ' ');
  return `${months[date.getUTCMonth()]!} ${day} ${iso(at).slice(11, 19)}`;
}

/** `04/Mar/2024:09:00:00 +0000` */
export function accessStamp(at: number): string {
  const text = iso(at);
  const month = months[new Date(at).getUTCMonth()]!;
  return `${text.slice(8, 10)}/${month}/${text.slice(0, 4)}:${text.slice(11, 19)} +0000`;
}
