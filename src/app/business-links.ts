import type { Language, NavLink } from '../ui/index.ts'

/** What the people of a business come for every day. */
export const businessLinks = ({ t }: Language, business: string): NavLink[] => [
  { label: t('catalogue.nav.goods'), href: `/business/${business}/goods` },
  { label: t('orders.sold.title'), href: `/business/${business}/orders` },
  { label: t('payments.money.title'), href: `/business/${business}/money` },
]
