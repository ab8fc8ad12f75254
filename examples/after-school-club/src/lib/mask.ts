/**
 * `13812345678` becomes `138****78`.
 * @redacts
 */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-2)}`;
}
