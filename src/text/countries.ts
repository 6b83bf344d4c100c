// Countries with their other names, the words for their people and their seats of government. Data for names.ts; one lookup.
import { fold } from "./words.ts";

/** `names|people|capitals`, each list separated by commas. */
const TABLE =
  "Afghanistan|Afghan|Kabul;Albania|Albanian|Tirana;Algeria|Algerian|Algiers;Angola|Angolan|Luanda;" +
  "Argentina|Argentine,Argentinian|Buenos Aires;Armenia|Armenian|Yerevan;Australia|Australian,Aussie|Canberra;" +
  "Austria|Austrian|Vienna;Azerbaijan|Azerbaijani,Azeri|Baku;Bahrain|Bahraini|Manama;Bangladesh|Bangladeshi|Dhaka;" +
  "Belarus|Belarusian|Minsk;Belgium|Belgian|Brussels;Benin|Beninese|Porto-Novo;Bhutan|Bhutanese|Thimphu;" +
  "Bolivia|Bolivian|La Paz;Bosnia,Bosnia and Herzegovina|Bosnian|Sarajevo;Botswana|Motswana|Gaborone;" +
  "Brazil|Brazilian|Brasilia;Britain,United Kingdom,UK,U.K,Great Britain|British,Briton|London;" +
  "Bulgaria|Bulgarian|Sofia;Burkina Faso|Burkinabe|Ouagadougou;Burundi|Burundian|Gitega;" +
  "Cambodia|Cambodian|Phnom Penh;Cameroon|Cameroonian|Yaounde;Canada|Canadian|Ottawa;" +
  "Central African Republic,CAR||Bangui;Chad|Chadian|N'Djamena;Chile|Chilean|Santiago;" +
  "China,People's Republic of China,PRC|Chinese|Beijing;Colombia|Colombian|Bogota;" +
  "Congo,Democratic Republic of Congo,DRC|Congolese|Kinshasa;Costa Rica|Costa Rican|San Jose;" +
  "Croatia|Croatian,Croat|Zagreb;Cuba|Cuban|Havana;Cyprus|Cypriot|Nicosia;Czechia,Czech Republic|Czech|Prague;" +
  "Denmark|Danish,Dane|Copenhagen;Djibouti|Djiboutian|;Dominican Republic||Santo Domingo;" +
  "Ecuador|Ecuadorian,Ecuadorean|Quito;Egypt|Egyptian|Cairo;El Salvador|Salvadoran,Salvadorean|San Salvador;" +
  "Eritrea|Eritrean|Asmara;Estonia|Estonian|Tallinn;Eswatini,Swaziland|Swazi|Mbabane;" +
  "Ethiopia|Ethiopian|Addis Ababa;Fiji|Fijian|Suva;Finland|Finnish,Finn|Helsinki;" +
  "France|French,Frenchman,Frenchwoman|Paris;Gabon|Gabonese|Libreville;Gambia|Gambian|Banjul;" +
  "Georgia|Georgian|Tbilisi;Germany|German|Berlin;Ghana|Ghanaian|Accra;Greece|Greek|Athens;Guatemala|Guatemalan|;" +
  "Guinea|Guinean|Conakry;Guyana|Guyanese|Georgetown;Haiti|Haitian|Port-au-Prince;Honduras|Honduran|Tegucigalpa;" +
  "Hungary|Hungarian|Budapest;Iceland|Icelandic,Icelander|Reykjavik;India|Indian|New Delhi,Delhi;" +
  "Indonesia|Indonesian|Jakarta;Iran,Islamic Republic of Iran|Iranian|Tehran;Iraq|Iraqi|Baghdad;" +
  "Ireland|Irish,Irishman|Dublin;Israel|Israeli|Jerusalem,Tel Aviv;Italy|Italian|Rome;" +
  "Ivory Coast,Cote d'Ivoire|Ivorian|Abidjan;Jamaica|Jamaican|Kingston;Japan|Japanese|Tokyo;" +
  "Jordan|Jordanian|Amman;Kazakhstan|Kazakh,Kazakhstani|Astana;Kenya|Kenyan|Nairobi;" +
  "Kosovo|Kosovar,Kosovan|Pristina;Kuwait|Kuwaiti|;Kyrgyzstan|Kyrgyz|Bishkek;Laos|Laotian,Lao|Vientiane;" +
  "Latvia|Latvian|Riga;Lebanon|Lebanese|Beirut;Lesotho|Basotho|Maseru;Liberia|Liberian|Monrovia;" +
  "Libya|Libyan|Tripoli;Lithuania|Lithuanian|Vilnius;Luxembourg|Luxembourgish|;Madagascar|Malagasy|Antananarivo;" +
  "Malawi|Malawian|Lilongwe;Malaysia|Malaysian|Kuala Lumpur;Maldives|Maldivian|;Mali|Malian|Bamako;" +
  "Malta|Maltese|Valletta;Mauritania|Mauritanian|Nouakchott;Mauritius|Mauritian|;Mexico|Mexican|Mexico City;" +
  "Moldova|Moldovan|Chisinau;Mongolia|Mongolian|Ulaanbaatar;Montenegro|Montenegrin|Podgorica;" +
  "Morocco|Moroccan|Rabat;Mozambique|Mozambican|Maputo;Myanmar,Burma|Burmese|Naypyidaw;Namibia|Namibian|Windhoek;" +
  "Nepal|Nepali,Nepalese|Kathmandu;Netherlands,Holland|Dutch,Dutchman|The Hague,Amsterdam;" +
  "New Zealand|New Zealander|Wellington;Nicaragua|Nicaraguan|Managua;Niger|Nigerien|Niamey;Nigeria|Nigerian|Abuja;" +
  "North Korea,DPRK|North Korean|Pyongyang;North Macedonia,Macedonia|Macedonian|Skopje;Norway|Norwegian|Oslo;" +
  "Oman|Omani|Muscat;Pakistan|Pakistani|Islamabad;Palestine|Palestinian|Ramallah;Panama|Panamanian|;" +
  "Papua New Guinea|Papuan|Port Moresby;Paraguay|Paraguayan|Asuncion;Peru|Peruvian|Lima;" +
  "Philippines|Philippine,Filipino,Filipina|Manila;Poland|Polish,Pole|Warsaw;Portugal|Portuguese|Lisbon;" +
  "Qatar|Qatari|Doha;Romania|Romanian|Bucharest;Russia,Russian Federation|Russian|Moscow;Rwanda|Rwandan|Kigali;" +
  "Saudi Arabia,KSA|Saudi,Saudi Arabian|Riyadh;Senegal|Senegalese|Dakar;Serbia|Serbian,Serb|Belgrade;" +
  "Sierra Leone|Sierra Leonean|Freetown;Singapore|Singaporean|;Slovakia|Slovak,Slovakian|Bratislava;" +
  "Slovenia|Slovenian,Slovene|Ljubljana;Somalia|Somali|Mogadishu;South Africa|South African|Pretoria;" +
  "South Korea|South Korean|Seoul;South Sudan|South Sudanese|Juba;Spain|Spanish,Spaniard|Madrid;" +
  "Sri Lanka|Sri Lankan|Colombo;Sudan|Sudanese|Khartoum;Suriname|Surinamese|Paramaribo;" +
  "Sweden|Swedish,Swede|Stockholm;Switzerland|Swiss|Bern;Syria|Syrian|Damascus;Taiwan|Taiwanese|Taipei;" +
  "Tajikistan|Tajik,Tajikistani|Dushanbe;Tanzania|Tanzanian|Dodoma;Thailand|Thai|Bangkok;Togo|Togolese|Lome;" +
  "Trinidad,Trinidad and Tobago|Trinidadian|;Tunisia|Tunisian|Tunis;Turkey,Turkiye|Turkish,Turk|Ankara;" +
  "Turkmenistan|Turkmen|Ashgabat;Uganda|Ugandan|Kampala;Ukraine|Ukrainian|Kyiv,Kiev;" +
  "United Arab Emirates,UAE,Emirates|Emirati|Abu Dhabi;" +
  "United States,US,U.S,USA,U.S.A,America,United States of America|American|Washington,Washington DC;" +
  "Uruguay|Uruguayan|Montevideo;Uzbekistan|Uzbek,Uzbekistani|Tashkent;Venezuela|Venezuelan|Caracas;" +
  "Vietnam|Vietnamese|Hanoi;Yemen|Yemeni|Sanaa;Zambia|Zambian|Lusaka;Zimbabwe|Zimbabwean|Harare;" +
  "England|English,Englishman|;Scotland|Scottish,Scot|Edinburgh;Wales|Welsh|Cardiff;" +
  "Northern Ireland|Northern Irish|Belfast;European Union,EU|European|;United Nations,UN,U.N||;Europe||;" +
  "Africa|African|;Asia|Asian|;Hong Kong|Hongkonger|;Tibet|Tibetan|Lhasa;Kurdistan|Kurdish,Kurd|Erbil;" +
  "Chechnya|Chechen|Grozny;Crimea|Crimean|;Greenland|Greenlandic|Nuuk";

const countries = new Map<string, string>();
const capitals = new Map<string, string>();
for (const row of TABLE.split(";")) {
  const [names = "", people = "", seats = ""] = row.split("|");
  const country = fold(names.split(",")[0] ?? "");
  for (const word of `${names},${people}`.split(",")) {
    if (word !== "") countries.set(fold(word), country);
  }
  for (const person of people.split(",")) if (person !== "") countries.set(`${fold(person)}s`, country);
  for (const seat of seats.split(",")) if (seat !== "") capitals.set(fold(seat), country);
}

/** The country that a name or a word for its people stands for, folded ("Afghan", "Afghans", "Afghanistan" give `afghanistan`); null for anything else. */
export function countryOf(name: string): string | null {
  return countries.get(fold(name).replace(/\.$/, "").replace(/^the /, "")) ?? null;
}

/** The country whose government a capital stands for in reports ("Kabul said"); null for other places. */
export function governmentOf(capital: string): string | null {
  return capitals.get(fold(capital)) ?? null;
}
