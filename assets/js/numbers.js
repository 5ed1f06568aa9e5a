// Browsers count in Kazakh by English rules ("4,000"). Kazakh groups digits by a space, as Russian does.
const Format = Intl.NumberFormat;
Intl.NumberFormat = class extends Format {
  constructor(locale, options) { super(locale === 'kk' ? 'ru' : locale, options); }
};
