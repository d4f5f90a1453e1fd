$curve0 << END
1.99999 33.1217 32.99 33.2534
7.99999 34.322 33.5189 35.1251
END
$line0 << END
1.59999 34.5136 34.2414 34.7859
9.99999 34.5136 34.2414 34.7859
END
$curve1 << END
1.99999 32.7692 32.3251 33.2133
7.99999 34.1892 33.3022 35.0761
END
$line1 << END
1.59999 34.5703 34.1732 34.9674
9.99999 34.5703 34.1732 34.9674
END
$curve2 << END
1.99999 8.86631 7.17537 10.5572
7.99999 11.9863 10.5571 13.4155
END
$line2 << END
1.59999 34.5166 34.3531 34.6801
9.99999 34.5166 34.3531 34.6801
END
$curve3 << END
1.99999 33.2188 32.965 33.4727
7.99999 33.8788 33.8074 33.9501
END
$line3 << END
1.59999 34.7926 34.6218 34.9634
9.99999 34.7926 34.6218 34.9634
END
$curve4 << END
1.99999 33.2933 33.0216 33.5649
7.99999 33.887 33.7147 34.0593
END
$line4 << END
1.59999 34.7656 34.6426 34.8887
9.99999 34.7656 34.6426 34.8887
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [1.59999:9.99999]
set xtics ("2" 1.99999, "8" 7.99999)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-4})\n{/*0.7 client level, add-or-remove-one, poisson(rate=0.1), pld accountant}\n{/*0.7 points: mean of 3 with 95 % interval; dashed: no privacy}"
set ylabel "Test accuracy (%)"
set key below horizontal opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "FedAvg", \
     $line0 using 1:2 with lines linestyle 1 dashtype 2 notitle, \
     $curve1 using 1:2:3:4 with yerrorlines linestyle 2 title "FedProx", \
     $line1 using 1:2 with lines linestyle 2 dashtype 2 notitle, \
     $curve2 using 1:2:3:4 with yerrorlines linestyle 3 title "SCAFFOLD", \
     $line2 using 1:2 with lines linestyle 3 dashtype 2 notitle, \
     $curve3 using 1:2:3:4 with yerrorlines linestyle 4 title "FedAdam", \
     $line3 using 1:2 with lines linestyle 4 dashtype 2 notitle, \
     $curve4 using 1:2:3:4 with yerrorlines linestyle 5 title "FedYogi", \
     $line4 using 1:2 with lines linestyle 5 dashtype 2 notitle
