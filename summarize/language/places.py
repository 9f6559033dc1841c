"""Countries, great cities and the adjectives of nations: names even where every word is capitalised.

Countries and the states of the U.S. stand apart too: of two different ones neither lies in the other.
"""

from __future__ import annotations

from summarize.language.tokens import word_set

COUNTRIES = word_set(
    """afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain
    bangladesh belarus belgium benin bhutan bolivia bosnia botswana brazil britain brunei bulgaria
    burundi cambodia cameroon canada chad chile china colombia congo croatia cuba cyprus denmark
    djibouti ecuador egypt england eritrea estonia ethiopia fiji finland france gabon gambia georgia
    germany ghana greece guatemala guinea guyana haiti honduras hungary iceland india indonesia iran
    iraq ireland israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia
    lebanon liberia libya lithuania luxembourg macedonia madagascar malawi malaysia mali malta mexico
    moldova mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger
    nigeria norway oman pakistan palestine panama paraguay peru philippines poland portugal qatar
    romania russia rwanda scotland senegal serbia singapore slovakia slovenia somalia spain sudan sweden
    switzerland syria taiwan tajikistan tanzania thailand togo tunisia turkey turkmenistan uganda
    ukraine uruguay uzbekistan venezuela vietnam wales yemen zambia zimbabwe"""
)
STATES = word_set(
    """alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho
    illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota
    mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah
    vermont wisconsin wyoming"""
)
PLACES = COUNTRIES | word_set(
    """europe america africa asia gaza crimea ankara athens baghdad beijing beirut berlin brussels
    budapest cairo damascus delhi dublin geneva islamabad istanbul jakarta jerusalem kabul kiev kyiv
    lisbon london madrid manila moscow nairobi oslo paris prague pyongyang riyadh rome seoul stockholm
    sydney tehran tokyo vienna warsaw washington idlib aleppo saraqeb california texas florida u.s. us
    uk u.k. eu nato un u.n. kremlin pentagon"""
)
DEMONYMS = word_set(
    """afghan albanian algerian american argentine armenian australian austrian azerbaijani bangladeshi
    belarusian belgian bolivian bosnian brazilian british bulgarian cambodian canadian chilean chinese
    colombian congolese croatian cuban cypriot czech danish dutch egyptian english estonian ethiopian
    european finnish french georgian german ghanaian greek haitian hungarian indian indonesian iranian
    iraqi irish israeli italian japanese jordanian kazakh kenyan korean kosovar kurdish kuwaiti latvian
    lebanese libyan lithuanian malaysian mexican moldovan moroccan nepalese nigerian norwegian omani
    pakistani palestinian peruvian polish portuguese qatari romanian russian rwandan saudi scottish
    serbian singaporean slovak slovenian somali spanish sudanese swedish swiss syrian taiwanese thai
    tunisian turkish ukrainian venezuelan vietnamese welsh yemeni zimbabwean african arab asian western
    islamic christian jewish muslim catholic republican democratic"""
)
